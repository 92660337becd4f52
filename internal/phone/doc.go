// Package phone knows the forms in which one telephone line is written, so that a
// customer's number at WhatsApp finds the same line in the ISP's records.
//
// In three countries a line has two: Brazil's mobile numbers got a ninth digit that
// WhatsApp may leave out, Mexico's had a 1 after the country code, Argentina's mobiles
// have a 9 there for callers from abroad. Which form WhatsApp uses is its own decision:
// a number is stored and answered as it came, and never rewritten. Forms are for
// looking up only. More than one hit is a question to the customer, and a number alone
// never proves who somebody is.
//
// It fails by returning only what it was given: of other countries, of numbers too
// short to tell, and of what is no number at all.
package phone
