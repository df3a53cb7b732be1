// Package blob keeps files: attachments, raw mails, recordings, exports.
//
// Words. A [Store] keeps bytes under names and knows nothing of people; [Disk]
// keeps them in a folder, [S3] in a bucket. [Sealed] stands on top of either
// and is what the rest of the product uses: it encrypts each file under the data
// key of its record group and names it by its content, so that a file that
// comes twice into a group is stored once. A [Ref] is the address of a sealed
// file.
//
// Invariants.
//
//   - A name holds a whole file or nothing. A crash, a full disk or a broken
//     connection in the middle of writing leaves what was there before.
//   - No byte of content is written to a disk in clear, not even to a temporary
//     file.
//   - A file that was cut short, changed or put under another group's name does
//     not open.
//   - Destroying the group's data key makes its files noise, wherever copies of
//     them lie.
//   - A name tells nothing about the content to anybody without the name key,
//     and equal files of two groups have different names.
//
// The format of a sealed file is age (https://age-encryption.org/v1) with a
// stanza of our own, so that files can be read from any position without
// decrypting what lies before it.
//
// Data keys live in kernel/seal. Which row refers to which file, and when a
// file may go, is the business of the slice that owns the row.
package blob
