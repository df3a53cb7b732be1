// Package text makes text from outside fit to be stored, searched and shown.
//
// It answers five questions.
//
//   - What may a browser see? [Sanitize] and [Markdown] and [Plain] return
//     [SafeHTML], the only type whose Component writes markup without escaping
//     it. A SafeHTML cannot be made elsewhere: its field is not exported and
//     its zero value is empty.
//   - What may stand in a line or in a body? [CleanLine] and [CleanText] take
//     out what is not text: broken UTF-8, control characters, and the marks
//     that reorder or hide characters.
//   - When are two spellings one word? [Fold] and [Tokens].
//   - What seems to be more than a service desk needs? [FindExcess], for a hint.
//   - What did the person search for? [ParseQuery] reads our own small grammar
//     and never fails; the printers write it for each full-text engine from
//     quoted letters and digits only, so that nothing a person types is ever
//     read as an operator by the engine.
//
// Invariants, each held by a property test or a fuzzer: Sanitize, Fold,
// CleanLine and CleanText are idempotent; safe HTML is balanced, so that it
// cannot close an element of the page around it; a printed query reads back as
// itself.
//
// Safe HTML of a mail is still somebody else's design: it is shown inside a
// sandboxed frame with its own content security policy, which is kernel/web's
// part. The message catalogues are kernel/i18n.
package text
