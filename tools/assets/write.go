package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"github.com/andybalholm/brotli"
)

// size holds the length of one asset in its three forms.
type size struct{ plain, gzip, brotli int }

// writeAll empties out (but for .gitkeep, which keeps the folder in a clone)
// and writes each file under its hashed name, with .gz and .br beside it.
func writeAll(out string, files map[string][]byte) (map[string]size, error) {
	if err := empty(out); err != nil {
		return nil, err
	}
	sizes, manifest := map[string]size{}, map[string]string{}
	for name, content := range files {
		public := hashedName(name, content)
		manifest[name] = public
		gz, err := gzipped(content)
		if err != nil {
			return nil, err
		}
		br, err := brotlied(content)
		if err != nil {
			return nil, err
		}
		for suffix, data := range map[string][]byte{"": content, ".gz": gz, ".br": br} {
			if err := os.WriteFile(filepath.Join(out, public+suffix), data, 0o644); err != nil {
				return nil, err
			}
		}
		sizes[name] = size{plain: len(content), gzip: len(gz), brotli: len(br)}
	}
	list, err := json.MarshalIndent(manifest, "", "  ")
	if err != nil {
		return nil, err
	}
	return sizes, os.WriteFile(filepath.Join(out, "manifest.json"), append(list, '\n'), 0o644)
}

// hashedName puts the first 8 hex digits of the content's SHA-256 before the suffix.
func hashedName(name string, content []byte) string {
	sum := sha256.Sum256(content)
	ext := filepath.Ext(name)
	return strings.TrimSuffix(name, ext) + "-" + hex.EncodeToString(sum[:4]) + ext
}

func empty(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Name() == ".gitkeep" {
			continue
		}
		if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

func gzipped(content []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(content); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func brotlied(content []byte) ([]byte, error) {
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, brotli.BestCompression)
	if _, err := w.Write(content); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
