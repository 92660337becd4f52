package desk

import (
	"time"

	"github.com/google/uuid"
)

// Role says what an agent may do. Roles are a ladder but for the auditor, who
// sees everything and changes nothing.
type Role string

// The roles.
const (
	RoleAgent      Role = "agent"
	RoleSupervisor Role = "supervisor"
	RoleAdmin      Role = "admin"
	RoleAuditor    Role = "auditor"
)

// Roles lists the roles in the order they are offered.
var Roles = []Role{RoleAgent, RoleSupervisor, RoleAdmin, RoleAuditor}

// Permission is one thing a role may or may not do.
type Permission int

// The permissions.
const (
	MayRead       Permission = iota // conversations, tickets, articles
	MayAnswer                       // take, reply, note, hand back, tickets
	MayReassign                     // take over from another agent, assign
	MayAdminister                   // users, jobs, alerts, settings
)

// May reports whether the role has the permission.
func (r Role) May(p Permission) bool {
	switch r {
	case RoleAdmin:
		return true
	case RoleSupervisor:
		return p != MayAdminister
	case RoleAgent:
		return p == MayRead || p == MayAnswer
	case RoleAuditor:
		return p == MayRead
	}
	return false
}

// Valid reports whether r is one of the roles.
func (r Role) Valid() bool { return r.May(MayRead) }

// Agent is a person of the ISP who works at the desk.
type Agent struct {
	ID           uuid.UUID
	Name         string
	Email        string // lower case, unique
	Role         Role
	Language     string // of the console: es, pt, en
	PasswordHash string // argon2id in PHC form; empty until the agent chooses one
	Active       bool
	Program      bool // not a person: the program behind a token
	LastSeenAt   *time.Time

	NotifyDesktop bool // the browser shows what is new for them
	NotifySound   bool // and plays a tone

	CreatedAt time.Time
	UpdatedAt time.Time
}

// Actor returns the agent as the one who acts.
func (a Agent) Actor() Actor { return Actor{Kind: ByAgent, ID: a.ID, Name: a.Name} }

// SignInLink is a one-time way in. Only a hash of its token is stored.
type SignInLink struct {
	TokenHash string `gorm:"primaryKey"` // hex of SHA-256
	AgentID   uuid.UUID
	ExpiresAt time.Time
	UsedAt    *time.Time
	CreatedAt time.Time
}
