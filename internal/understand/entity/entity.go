package entity

// Kind says what a piece of text stands for.
type Kind string

// Kinds of entity. Documents with a check digit are reported only when it is right.
const (
	CPF        Kind = "cpf"         // Brazil, person; value: 11 digits
	CNPJ       Kind = "cnpj"        // Brazil, company; value: 14 characters, letters allowed since 2026
	CUIT       Kind = "cuit"        // Argentina; value: 11 digits
	RUT        Kind = "rut"         // Chile; value: digits and check character, no dots, e.g. 12345678-5
	RUC        Kind = "ruc"         // Peru, 11 digits, or Ecuador, 13 digits
	Cedula     Kind = "cedula"      // Ecuador, 10 digits with check digit, or any number called a cédula
	DNI        Kind = "dni"         // Argentina, Peru, Spain: only when called by its name or bearing its check letter
	NIT        Kind = "nit"         // Colombia; value: digits and check digit
	RFC        Kind = "rfc"         // Mexico
	CURP       Kind = "curp"        // Mexico; value: 18 characters
	CLABE      Kind = "clabe"       // Mexico, bank account; value: 18 digits
	CBU        Kind = "cbu"         // Argentina, bank account; value: 22 digits
	Boleto     Kind = "boleto"      // Brazil, payment slip line; value: 47 or 48 digits
	Pix        Kind = "pix"         // Brazil, copy-and-paste payment code
	Card       Kind = "card"        // payment card; value: digits. Nobody should have sent it: redact
	Customer   Kind = "customer"    // customer or contract code; value: the code in upper case
	Protocol   Kind = "protocol"    // our protocol number; value: 15 digits, YYYYMMDD and a sequence of 7
	Invoice    Kind = "invoice"     // invoice number; value: the number in upper case
	Amount     Kind = "amount"      // value: decimal point, two digits, then the currency code if known, e.g. "1250.50 BRL"
	Date       Kind = "date"        // value: YYYY-MM-DD, or --MM-DD when no year was written
	Phone      Kind = "phone"       // value: digits, with a leading + if it was written
	Email      Kind = "email"       // value: lower case
	MAC        Kind = "mac"         // value: upper case with colons
	ONUSerial  Kind = "onu_serial"  // value: 4 letters and 8 hexadecimal digits, upper case
	URL        Kind = "url"         // value: as written
	Speed      Kind = "speed"       // value: megabits per second, e.g. "300"
	PostalCode Kind = "postal_code" // Brazil (CEP), with its hyphen or its name; value: 8 digits

	// Only Personal finds these.
	IBAN    Kind = "iban"    // bank account; value: no spaces, upper case
	PixKey  Kind = "pix_key" // Brazil, a random payment key; value: lower case
	Address Kind = "address" // street address or part of one; value: lower case without accents
	Secret  Kind = "secret"  // password, PIN or code that the text calls so; value: as written
)

// Entity is one finding. Text is text[Start:End] of what was searched, offsets in bytes; Value is the same in one normal form.
type Entity struct {
	Kind  Kind
	Text  string
	Start int
	End   int
	Value string
}
