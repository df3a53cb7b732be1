// A picture pasted into a text, or files dropped on a form, are attached to the form.
import { on } from "./dom";

const takes = "form:has(input[type=file][data-paste])";

/** Adds files to those that were chosen; false when there is nothing to add or nowhere to. */
function attach(form: Element | null, files: FileList | undefined): boolean {
  const field = form?.querySelector<HTMLInputElement>("input[type=file][data-paste]");
  if (!field || !files?.length) return false;
  const all = new DataTransfer();
  for (const file of [...(field.files ?? []), ...files]) all.items.add(file);
  field.files = all.files;
  const folded = field.closest("details");
  if (folded) folded.open = true;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

on("paste", "textarea, [contenteditable]", (text, event) => {
  if (attach(text.closest("form"), event.clipboardData?.files)) event.preventDefault();
});

on("dragover", takes, (form, event) => {
  if (!event.dataTransfer?.types.includes("Files")) return; // a text that is dragged is none of ours
  event.preventDefault();
  form.setAttribute("data-drop", "");
});

on("dragleave", takes, (form, event) => {
  const to = event.relatedTarget;
  if (!(to instanceof Node && form.contains(to))) form.removeAttribute("data-drop");
});

on("drop", takes, (form, event) => {
  form.removeAttribute("data-drop");
  if (attach(form, event.dataTransfer?.files)) event.preventDefault();
});
