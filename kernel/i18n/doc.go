// Package i18n gives every sentence of the product in the reader's language.
//
// Words. A catalogue is the set of sentences of one slice: files
// messages/en.json, messages/fr.json and so on, each a flat object from key to
// text. A key is words joined by dots, the page or thing first
// ("desk.reply.send"); no two catalogues share one. A placeholder is a name in
// braces ("{count} waiting"). A sentence that depends on a number has one entry
// per plural form of its language, under the key with the form's name added
// ("desk.waiting.one", "desk.waiting.other"); the number is the argument called
// n.
//
// Invariants.
//
//   - English is complete. A sentence missing elsewhere is shown in English and
//     reported, never hidden and never an error page.
//   - Catalogues hold plain text. Markup comes from templates, which escape
//     what they are given; [Localizer.Around] cuts a sentence where a template
//     puts a link.
//   - A [Bundle] does not change after it is built, so nobody is ever shown
//     somebody else's language; the language travels in the [Localizer].
//
// The English of an error stands in the code that makes it (kernel/fault); a
// translation of it stands in a catalogue under "fault." and the error's key,
// with the error's arguments as {0}, {1} and so on. Dates and durations are
// written by kernel/clock.
package i18n
