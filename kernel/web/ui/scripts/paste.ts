// A picture pasted into a text is attached to the same form.
import { on } from "./dom";

on("paste", "textarea, [contenteditable]", (text, event) => {
  const pasted = [...(event.clipboardData?.files ?? [])];
  const field = text.closest("form")?.querySelector<HTMLInputElement>("input[type=file][data-paste]");
  if (pasted.length === 0 || !field) return;
  const all = new DataTransfer();
  for (const file of [...(field.files ?? []), ...pasted]) all.items.add(file);
  field.files = all.files;
  const folded = field.closest("details");
  if (folded) folded.open = true;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  event.preventDefault();
});
