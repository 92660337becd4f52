package console

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"antena/internal/desk"
)

// route is one address with what it takes to use it.
type route struct {
	method  string
	path    string
	open    bool            // for anybody, signed in or not
	needs   desk.Permission // of who is signed in, unless open
	handler func(*visit) error
}

// routes is the one table of all addresses and the permission each needs. The use
// cases check again: this table keeps people from pages and buttons that are not theirs.
func (p *Console) routes() []route {
	get, post := http.MethodGet, http.MethodPost
	anybody := func(method, path string, h func(*visit) error) route {
		return route{method: method, path: path, open: true, handler: h}
	}
	return []route{
		anybody(get, "/static/:hash/*file", p.static),
		anybody(get, "/favicon.ico", p.favicon),
		anybody(get, "/signin", p.signInPage),
		anybody(post, "/signin", p.signIn),
		anybody(get, "/signin/link", p.linkPage),
		anybody(post, "/signin/link", p.signInByLink),
		anybody(post, "/theme", p.setTheme),

		{get, "/", false, desk.MayRead, p.inbox},
		{get, "/events", false, desk.MayRead, p.events},
		{get, "/conversations/:id", false, desk.MayRead, p.inbox},
		{get, "/media/:id", false, desk.MayRead, p.media},
		{get, "/media/:id/thumb", false, desk.MayRead, p.thumb},
		{post, attachPath, false, desk.MayAnswer, p.attach},
		{post, "/uploads/:id/drop", false, desk.MayAnswer, p.dropUpload},
		{post, "/messages/:id/fetch", false, desk.MayAnswer, p.fetchAgain},
		{post, "/conversations/:id/claim", false, desk.MayAnswer, p.claim},
		{post, "/conversations/:id/takeover", false, desk.MayReassign, p.takeOver},
		{post, "/conversations/:id/say", false, desk.MayAnswer, p.say},
		{post, "/conversations/:id/giveback", false, desk.MayAnswer, p.giveBack},
		{post, "/conversations/:id/enqueue", false, desk.MayAnswer, p.enqueue},
		{post, "/conversations/:id/assign", false, desk.MayAnswer, p.assign},
		{post, "/conversations/:id/snooze", false, desk.MayAnswer, p.snooze},
		{post, "/conversations/:id/resolve", false, desk.MayAnswer, p.resolve},
		{post, "/conversations/:id/seen", false, desk.MayAnswer, p.seen},
		{post, "/messages/:id/react", false, desk.MayAnswer, p.react},
		{post, "/conversations/:id/phone", false, desk.MayAnswer, p.askPhone},
		{post, "/conversations/:id/unsent", false, desk.MayAnswer, p.saveDraft},
		{post, "/conversations/:id/undo", false, desk.MayAnswer, p.undo},
		{post, "/conversations/:id/macro", false, desk.MayAnswer, p.runMacro},
		{post, "/conversations/:id/here", false, desk.MayRead, p.here},
		{get, "/conversations/:id/replies", false, desk.MayAnswer, p.readyReplies},
		{get, "/conversations/:id/arrival", false, desk.MayAnswer, p.arrival},
		{post, "/messages/:id/unsay", false, desk.MayAnswer, p.unsay},
		{post, "/messages/:id/wrong", false, desk.MayAnswer, p.wrong},
		{post, "/articles/:id/settle", false, desk.MayReassign, p.settleWrong},
		{get, "/find", false, desk.MayRead, p.find},
		{get, "/replies", false, desk.MayAnswer, p.replies},
		{post, "/replies", false, desk.MayAnswer, p.keepReply},
		{post, "/replies/:id/delete", false, desk.MayAnswer, p.deleteReply},
		{get, "/macros", false, desk.MayAnswer, p.macros},
		{post, "/macros", false, desk.MayAnswer, p.keepMacro},
		{post, "/macros/:id/delete", false, desk.MayAnswer, p.deleteMacro},
		{post, "/settings/notify", false, desk.MayRead, p.setNotify},
		{post, "/pauses/resume", false, desk.MayAdminister, p.resumeSending},
		{post, "/messages/:id/decide", false, desk.MayAnswer, p.decideUnknown},

		{post, "/views", false, desk.MayRead, p.saveView},
		{post, "/views/:id/drop", false, desk.MayRead, p.dropView},
		{get, "/conversations.csv", false, desk.MayReassign, p.exportView},
		{post, "/bulk", false, desk.MayAnswer, p.startBulk},
		{get, "/bulk/:id", false, desk.MayAnswer, p.bulk},
		{post, "/bulk/:id/stop", false, desk.MayAnswer, p.stopBulk},

		{get, "/tickets", false, desk.MayRead, p.tickets},
		{get, "/tickets/:id", false, desk.MayRead, p.ticket},
		{post, "/tickets/:id/:verb", false, desk.MayAnswer, p.changeTicket},
		{post, "/conversations/:id/tag", false, desk.MayAnswer, p.tagConversation},
		{post, "/conversations/:id/untag", false, desk.MayAnswer, p.untagConversation},
		{get, "/notifications", false, desk.MayRead, p.notifications},
		{post, "/notifications", false, desk.MayRead, p.readNotifications},
		{post, "/notifications/:id/read", false, desk.MayRead, p.readNotification},
		{get, "/names", false, desk.MayAnswer, p.names},
		{get, "/tags", false, desk.MayAdminister, p.organise},
		{post, "/tags/:id", false, desk.MayAdminister, p.changeTag},
		{post, "/fields", false, desk.MayAdminister, p.defineField},

		{get, "/articles", false, desk.MayRead, p.articles},
		{get, "/articles/:id", false, desk.MayRead, p.article},

		{post, "/articles/:id", false, desk.MayAdminister, p.editArticle},
		{get, "/intents", false, desk.MayAdminister, p.intents},
		{post, "/intents", false, desk.MayAdminister, p.changePhrase},
		{post, "/conversations/:id/suggest", false, desk.MayAnswer, p.suggest},
		{post, "/conversations/:id/draft", false, desk.MayAdminister, p.draftArticle},
		{get, "/model", false, desk.MayAdminister, p.model},
		{post, "/model", false, desk.MayAdminister, p.tryModel},

		{get, "/alerts", false, desk.MayAdminister, p.alerts},
		{post, "/alerts/:id/resolve", false, desk.MayAdminister, p.resolveAlert},
		{post, "/jobs/:id/retry", false, desk.MayAdminister, p.retryJob},
		{post, "/jobs/:id/discard", false, desk.MayAdminister, p.discardJob},

		{get, "/users", false, desk.MayAdminister, p.users},
		{post, "/users", false, desk.MayAdminister, p.addUser},
		{post, "/users/:id/role", false, desk.MayAdminister, p.changeRole},
		{post, "/users/:id/deactivate", false, desk.MayAdminister, p.deactivate},
		{post, "/users/:id/link", false, desk.MayAdminister, p.newLink},

		{get, "/tokens", false, desk.MayAdminister, p.tokens},
		{post, "/tokens", false, desk.MayAdminister, p.addToken},
		{post, "/tokens/:id/revoke", false, desk.MayAdminister, p.revokeToken},
		{get, "/webhooks", false, desk.MayAdminister, p.webhooks},
		{post, "/webhooks", false, desk.MayAdminister, p.addWebhook},
		{post, "/webhooks/:id", false, desk.MayAdminister, p.changeWebhook},
		{post, "/webhooks/:id/replay", false, desk.MayAdminister, p.replayDelivery},

		{get, "/templates", false, desk.MayRead, p.templates},
		{post, "/templates", false, desk.MayAdminister, p.createTemplate},
		{get, "/templates/new", false, desk.MayAdminister, p.newTemplate},
		{post, "/templates/sync", false, desk.MayAdminister, p.syncTemplates},
		{post, "/templates/push", false, desk.MayAdminister, p.pushTemplates},
		{get, "/templates/:id", false, desk.MayRead, p.template},
		{post, "/templates/:id", false, desk.MayAdminister, p.editTemplate},
		{post, "/templates/:id/delete", false, desk.MayAdminister, p.deleteTemplate},
		{post, "/conversations/:id/template", false, desk.MayAnswer, p.sendTemplate},

		{get, "/costs", false, desk.MayAdminister, p.costs},
		{get, "/costs.csv", false, desk.MayAdminister, p.costsCSV},
		{get, "/whatsapp", false, desk.MayAdminister, p.checkup},
		{post, "/whatsapp", false, desk.MayAdminister, p.examine},

		{post, "/presence", false, desk.MayAnswer, p.setPresence},
		{get, "/teams", false, desk.MayRead, p.teams},
		{post, "/teams", false, desk.MayAdminister, p.addTeam},
		{get, "/teams/:id", false, desk.MayRead, p.team},
		{post, "/teams/:id", false, desk.MayAdminister, p.saveTeam},
		{post, "/posts/:id", false, desk.MayAdminister, p.savePost},
		{post, "/rules", false, desk.MayAdminister, p.changeRules},

		{get, "/sla", false, desk.MayRead, p.slaSettings},
		{post, "/sla", false, desk.MayAdminister, p.saveSLA},

		{get, "/settings", false, desk.MayRead, p.settings},
		{post, "/settings/language", false, desk.MayRead, p.setLanguage},
		{post, "/settings/password", false, desk.MayRead, p.setPassword},
		{get, "/help", false, desk.MayRead, p.help},
		{post, "/signout", false, desk.MayRead, p.signOut},
	}
}

// admit lets in whoever the route is for.
func (p *Console) admit(route route) func(*gin.Context) error {
	return func(c *gin.Context) error {
		v, err := p.arrive(c)
		if err != nil {
			return err
		}
		if !route.open {
			if v.who.ID == (desk.Agent{}).ID {
				return p.sendToSignIn(v)
			}
			if !v.who.Role.May(route.needs) {
				return desk.ErrForbidden
			}
		}
		if route.method == http.MethodPost {
			if err := v.readForm(); err != nil {
				return err
			}
		}
		return route.handler(v)
	}
}
