package app

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Asked what a command does, the program says it and does nothing.
func TestHelpDoesNothingElse(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"", "--help", "-h", "demo --help", "demo -h", "backup --help", "token create --help", "serve --verbose --help", "--version", "demo --version"} {
		t.Run("heed "+line, func(t *testing.T) {
			t.Parallel()
			data := filepath.Join(t.TempDir(), "data")
			var out, complaints bytes.Buffer
			code := Run(t.Context(), Program{
				Args: strings.Fields(line), Out: &out, Err: &complaints, Version: "1.2.3",
				Env: func(name string) string {
					return map[string]string{"HEED_DATA": data, "HEED_ADDR": "127.0.0.1:0", "HEED_LMTP_ADDR": "off"}[name]
				},
			})
			if code != 0 || out.Len() == 0 || complaints.Len() != 0 {
				t.Errorf("it ends with %d, says %q and complains %q", code, out.String(), complaints.String())
			}
			if _, err := os.Stat(data); err == nil {
				t.Error("it made a data folder")
			}
		})
	}
}

func TestACommandThatIsWrittenWrongSaysHowItIsWritten(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"backup", "nonsense", "demo --nonsense", "token create --as x"} {
		var out, complaints bytes.Buffer
		code := Run(t.Context(), Program{Args: strings.Fields(line), Out: &out, Err: &complaints, Version: "1.2.3", Env: func(string) string { return "" }})
		if code != 64 || !strings.Contains(complaints.String(), "heed: ") {
			t.Errorf("heed %s: it ends with %d and complains %q", line, code, complaints.String())
		}
	}
}
