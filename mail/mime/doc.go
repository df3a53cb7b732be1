// Package mime reads mails as they really come: bytes in, values out, no I/O,
// no clock, and no input that makes it give up.
//
// A mail that breaks the rules is still a person asking for help. So [Parse]
// accepts every non-empty input. What it had to guess, repair or leave out is
// listed in [Message.Defects]; in the worst case the whole input is the text.
// The raw bytes stay with the caller, so nothing is lost by a wrong guess.
//
// Words.
//
//   - A field is one line of a header (RFC 5322), possibly folded. A part is
//     one piece of the body (RFC 2045); leaves are texts, or attachments.
//   - Text is the body in plain text and always complete: where a mail speaks
//     only HTML, it is made from that. HTML is the body in markup and complete
//     too, or empty when the mail has none. It is not safe to show: sanitising is
//     kernel/text's part, at the time of showing.
//   - A robot is a sender that must never get an automatic answer.
//   - Fresh text is what the sender wrote now, quoted text what they repeat.
//     [SplitQuoted] folds; it never deletes.
//
// Header and body are split here rather than with a general MIME library: the
// readers at hand return an error at the first malformed line or missing
// boundary, and repairing the bytes first would need the same splitting twice.
// Two of them serve as second opinions in the tests, over the corpus in
// mail/testdata/corpus.
//
// Limits bound time and memory, not sense: see the constants in this package.
// Where a mail belongs is mail/thread's part.
package mime
