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
	TopicView         Topic = "view"     // saved views
	TopicBulk         Topic = "bulk"     // acts on many conversations
	TopicWebhook      Topic = "webhook"
	TopicNotification Topic = "notification" // the id is the agent's
	TopicSubscriber   Topic = "subscriber"   // subscribers came or changed
	TopicImport       Topic = "import"

	// What agents do at this moment with a conversation: told, never kept. By says who.
	TopicLooking Topic = "looking"
	TopicTyping  Topic = "typing"
	TopicLeft    Topic = "left"
)

// Passing reports whether what is told of is not kept anywhere.
func (t Topic) Passing() bool { return t == TopicLooking || t == TopicTyping || t == TopicLeft }

// Change says that something was committed. It carries no data: who hears it
// reads again, so a lost change only delays.
type Change struct {
	Topic Topic
	ID    uuid.UUID
	By    uuid.UUID // of a passing topic: the agent
}

// Glance is an agent who has a conversation open now.
type Glance struct {
	Agent  uuid.UUID
	Typing bool
}
