// Everything the pages can do with script. Each part shortens a way that also
// exists without it: a form, a link, a page of its own.
import "htmx.org";
import "./unsent"; // first: the others read the address
import "./attach";
import "./confirm";
import "./desk";
import "./draft";
import "./fade";
import "./fold";
import "./live";
import "./palette";
import "./passkey";
import "./prefetch";
import "./submit";
import "./swap";
import "./theme";
import "./tick";
import "./to";
import "./toast";
