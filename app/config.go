package app

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/goccy/go-yaml"

	"heed/kernel/fault"
)

// Config is everything that can be set. The zero value with Defaults works.
type Config struct {
	Data          string `yaml:"data"`            // folder of the data: database, keys, files
	Addr          string `yaml:"addr"`            // of the web server
	LMTPAddr      string `yaml:"lmtp_addr"`       // of the mail intake; "off" for none
	BaseURL       string `yaml:"base_url"`        // of links in mails
	MailDomain    string `yaml:"mail_domain"`     // of the desks' mailboxes
	Database      string `yaml:"database"`        // "" for the embedded one, or postgres://…
	KeyDatabase   string `yaml:"key_database"`    // "" for a file beside the data, or postgres://…
	MasterKeyFile string `yaml:"master_key_file"` // "" for DATA/master.key
	Notices       string `yaml:"notices"`         // folder of notice files; "" for those in the binary
	Node          int    `yaml:"node"`            // number of this node, 0 to 1023
	Mail          struct {
		TrustedAuthserv string `yaml:"trusted_authserv"` // whose word about senders is taken; "" for nobody's
	} `yaml:"mail"`
	SMTP struct {
		Addr     string `yaml:"addr"` // "" keeps mails in the outbox
		User     string `yaml:"user"`
		Password string `yaml:"password"`
		Plain    bool   `yaml:"plain"`
	} `yaml:"smtp"`
	S3 struct {
		Endpoint  string `yaml:"endpoint"` // "" keeps files in the data folder
		Bucket    string `yaml:"bucket"`
		Prefix    string `yaml:"prefix"`
		Region    string `yaml:"region"`
		AccessKey string `yaml:"access_key"`
		SecretKey string `yaml:"secret_key"`
		Plain     bool   `yaml:"plain"`
	} `yaml:"s3"`

	masterKey string // from the environment
}

// Env is the environment, handed in by main.
type Env func(string) string

// LoadConfig reads a configuration file, "" for none, and lets the environment
// win: HEED_DATA, HEED_ADDR, HEED_LMTP_ADDR, HEED_DATABASE, HEED_KEY_DATABASE,
// HEED_MASTER_KEY.
func LoadConfig(path string, env Env) (Config, error) {
	c := Config{Addr: "127.0.0.1:8080", LMTPAddr: "127.0.0.1:2424", Data: "data", MailDomain: "desk.example.org"}
	if path != "" {
		raw, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return c, fault.Invalid("config.missing", "there is no configuration file %s; copy heed.example.yaml to begin with", path)
		}
		if err != nil {
			return c, err
		}
		if err := yaml.NewDecoder(bytes.NewReader(raw), yaml.Strict()).Decode(&c); err != nil {
			return c, fault.Invalid("config.wrong", "%s:%s", path, strings.TrimSpace(yaml.FormatError(err, false, true)))
		}
	}
	for name, to := range map[string]*string{
		"HEED_DATA": &c.Data, "HEED_ADDR": &c.Addr, "HEED_LMTP_ADDR": &c.LMTPAddr, "HEED_DATABASE": &c.Database, "HEED_KEY_DATABASE": &c.KeyDatabase,
	} {
		if v := env(name); v != "" {
			*to = v
		}
	}
	c.masterKey = env("HEED_MASTER_KEY")
	if c.BaseURL == "" {
		c.BaseURL = "http://" + c.Addr
	}
	c.BaseURL = strings.TrimRight(c.BaseURL, "/")
	return c, nil
}

func (c Config) dsn() string {
	if c.Database != "" {
		return c.Database
	}
	return "sqlite:" + filepath.Join(c.Data, "heed.db")
}

func (c Config) keyDSN() string {
	if c.KeyDatabase != "" {
		return c.KeyDatabase
	}
	return "sqlite:" + filepath.Join(c.Data, "keys.db")
}

func (c Config) masterPath() string {
	if c.MasterKeyFile != "" {
		return c.MasterKeyFile
	}
	return filepath.Join(c.Data, "master.key")
}

func (c Config) secure() bool { return strings.HasPrefix(c.BaseURL, "https://") }
