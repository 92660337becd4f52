package desk

// CostState says how sure the price of a message is.
type CostState string

// The states of a price.
const (
	CostNone      CostState = ""          // not priced: never accepted, failed, or nobody knows the rate
	CostEstimated CostState = "estimated" // by the price list, when the provider took the message
	CostConfirmed CostState = "confirmed" // the provider said whether and as what it charges
)

// CategoryService is what a message without a template is priced as.
const CategoryService = "service"

// Pricing is the provider's word on what a message is charged as. It names no
// amount: the price list does.
type Pricing struct {
	Charged  bool
	Category string // service, utility, marketing, authentication, ...
	Raw      string // as it came
}

// CostSum is what a number of messages cost.
type CostSum struct {
	Currency  string
	Micros    int64 // millionths of the currency
	Estimated int64 // of Micros: not confirmed by the provider yet
	Messages  int
}

// CostRow is what the messages of one day and category cost.
type CostRow struct {
	Day      string // YYYY-MM-DD, the desk's
	Category string
	CostSum
}

// QuotaUse is how much of the free replies of a month a business number has used.
type QuotaUse struct {
	Channel string
	Month   string // YYYY-MM
	Used    int
}
