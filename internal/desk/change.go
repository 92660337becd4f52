package desk

import "github.com/google/uuid"

// Topic is what sort of thing changed.
type Topic string

// The topics.
const (
	TopicConversation Topic = "conversation"
	TopicTicket       Topic = "ticket"
	TopicAlert        Topic = "alert"
	TopicArticle      Topic = "article"
	TopicVectors      Topic = "vectors"  // of passages
	TopicQueue        Topic = "queue"    // who waits for people and who holds what
	TopicPresence     Topic = "presence" // who is at the desk
	TopicTeam         Topic = "team"     // teams, rules, posts
	TopicPromise      Topic = "promise"  // targets and deadlines
	TopicWebhook      Topic = "webhook"
	TopicNotification Topic = "notification" // the id is the agent's
	TopicSubscriber   Topic = "subscriber"   // subscribers came or changed
	TopicImport       Topic = "import"
)

// Change says that something was committed. It carries no data: who hears it
// reads again, so a lost change only delays.
type Change struct {
	Topic Topic
	ID    uuid.UUID
}
