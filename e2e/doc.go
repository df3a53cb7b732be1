// Package e2e tests whole flows on a whole house: pages, mails, commands,
// crashes, forgetting, and the promises of the notices by their IDs.
//
// It holds tests only. The browser's tests lie in e2e/browser, scripts that read
// like a person's day in testdata/flows.
package e2e
