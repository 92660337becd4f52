package phone

import (
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"antena/internal/desk"
	"antena/internal/whatsapp/emulator"
)

const catalogueID = "194836987003835"

// plans are the small catalogue of the invented provider.
func plans() []emulator.Item {
	return []emulator.Item{
		{ID: "plan300", Title: "Fibra 300 Mb", Price: 2990, Currency: "USD", Quantity: 1},
		{ID: "plan600", Title: "Fibra 600 Mb", Price: 3990, Currency: "USD", Quantity: 1},
		{ID: "mesh", Title: "Wi-Fi Mesh", Price: 590, Currency: "USD", Quantity: 1},
	}
}

// order sends a basket of what was ticked.
func (p *Phone) order(c *gin.Context, who *person) error {
	var form struct {
		Items []string `form:"item" json:"item"`
		Text  string   `form:"text" json:"text"`
	}
	if err := bind(c, &form); err != nil {
		return err
	}
	basket := slices.DeleteFunc(plans(), func(item emulator.Item) bool { return !slices.Contains(form.Items, item.ID) })
	if len(basket) == 0 {
		return desk.ErrInvalid.For("item")
	}
	words := []rune(strings.TrimSpace(form.Text))
	who.phone.Order(catalogueID, string(words[:min(len(words), maxPlaceName)]), basket...)
	return done(c, chatURL(who)+"#end")
}
