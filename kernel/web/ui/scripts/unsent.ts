// A page that answers a form takes the address at which it stands without one, so
// that the browser does not ask whether to send the form once more when somebody
// comes back to it or loads it again. What was typed is kept on the server.
const unsent = document.documentElement.dataset["unsent"];
if (unsent) history.replaceState(history.state, "", unsent);
