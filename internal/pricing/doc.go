// Package pricing says what a message costs: estimated when the provider takes
// it, confirmed when its receipts say what it is charged as.
//
// The prices are data, rates.yaml: lists with the day they begin, each with the
// rules of its time and a line for each market. An ISP may put a corrected copy in
// the place of ours.
//
// What is free: everything in an open free entry point; replies and utility
// templates in the window while the list in force says so; and the first replies
// of a business number in a month, which are counted as they are taken, since the
// provider's receipts do not say which ones it counted.
//
// It is not for billing anybody: the provider's invoice is. It fails by not
// knowing a market; then the message has no price, and no sum pretends otherwise.
package pricing
