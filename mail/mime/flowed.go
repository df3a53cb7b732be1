package mime

import "strings"

// unflow joins the lines that a sender broke only for transport (RFC 3676):
// those that end with a space, at the same depth of quotation. The line "-- "
// before a signature is never joined. With delSp the space itself goes too.
func unflow(s string, delSp bool) string {
	var out strings.Builder
	flowing, depth := false, 0
	for line := range strings.Lines(s) {
		line = strings.TrimSuffix(line, "\n")
		quote := len(line) - len(strings.TrimLeft(line, ">"))
		content := strings.TrimPrefix(line[quote:], " ")
		signature := content == "-- "
		if flowing && (quote != depth || signature) {
			out.WriteByte('\n')
			flowing = false
		}
		if !flowing && quote > 0 {
			out.WriteString(strings.Repeat(">", quote) + " ")
		}
		depth = quote
		flowing = strings.HasSuffix(content, " ") && !signature
		if flowing && delSp {
			content = strings.TrimSuffix(content, " ")
		}
		out.WriteString(content)
		if !flowing {
			out.WriteByte('\n')
		}
	}
	if flowing {
		out.WriteByte('\n')
	}
	return out.String()
}
