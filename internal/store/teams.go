package store

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"

	"antena/internal/desk"
)

const rulesKey = "routing_rules"

// Teams returns every team, in the order they are offered.
func (s *Store) Teams(ctx context.Context) ([]desk.TeamInfo, error) {
	var teams []desk.TeamInfo
	return teams, wrap("reading teams", s.reading(ctx).Order("place, id").Find(&teams).Error)
}

// Rules returns the rules that lead to teams; none when nobody wrote any.
func (s *Store) Rules(ctx context.Context) (desk.Rules, error) {
	var rules desk.Rules
	if err := s.Setting(ctx, rulesKey, &rules); err != nil && !errors.Is(err, desk.ErrNotFound) {
		return rules, err
	}
	return rules, nil
}

// Posts returns the posts that were set up.
func (s *Store) Posts(ctx context.Context) ([]desk.Post, error) {
	var posts []desk.Post
	return posts, wrap("reading posts", s.reading(ctx).Find(&posts).Error)
}

// AddTeam adds a team; desk.ErrDuplicate when there is one of that name.
func (t *Tx) AddTeam(ctx context.Context, team *desk.TeamInfo) error {
	t.Touch(desk.Change{Topic: desk.TopicTeam})
	return add(ctx, t, "a team", team)
}

// LockTeam returns a team and holds it.
func (t *Tx) LockTeam(ctx context.Context, id desk.Team) (*desk.TeamInfo, error) {
	var team desk.TeamInfo
	err := t.in(ctx).Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Take(&team, "id = ?", string(id)).Error
	return &team, t.fail("locking team "+string(id), err)
}

// Teams returns every team as the transaction sees them.
func (t *Tx) Teams(ctx context.Context) ([]desk.TeamInfo, error) {
	var teams []desk.TeamInfo
	return teams, t.fail("reading teams", t.in(ctx).Order("place, id").Find(&teams).Error)
}

// SaveTeam writes a team.
func (t *Tx) SaveTeam(ctx context.Context, team *desk.TeamInfo) error {
	t.Touch(desk.Change{Topic: desk.TopicTeam})
	result := t.in(ctx).Select("*").Updates(team)
	if result.Error == nil && result.RowsAffected == 0 {
		result.Error = desk.ErrNotFound
	}
	return t.fail("saving a team", result.Error)
}

// SaveRules writes the rules, if they are still those of a version; desk.ErrStale
// otherwise.
func (t *Tx) SaveRules(ctx context.Context, rules desk.Rules) error {
	// The row of every team is held, so that two who save at once do so one after the other.
	if err := t.in(ctx).Exec("update teams set version = version").Error; err != nil {
		return t.fail("holding the teams", err)
	}
	var have int64
	err := t.in(ctx).Raw("select coalesce(max("+t.jsonInt("value", "version")+"), 0) from settings where key = ?", rulesKey).Row().Scan(&have)
	if err != nil {
		return t.fail("reading the version of the rules", err)
	}
	if have != rules.Version {
		return desk.ErrStale
	}
	rules.Version++
	t.Touch(desk.Change{Topic: desk.TopicTeam})
	return t.SetSetting(ctx, rulesKey, rules)
}

// jsonInt is the expression of a number within a JSON column.
func (t *Tx) jsonInt(column, name string) string {
	if t.lite != nil {
		return "json_extract(" + column + ", '$." + name + "')"
	}
	return "(" + column + "->>'" + name + "')::bigint"
}

// SavePost writes an agent's post.
func (t *Tx) SavePost(ctx context.Context, p *desk.Post) error {
	t.Touch(desk.Change{Topic: desk.TopicTeam})
	t.Touch(desk.Change{Topic: desk.TopicQueue})
	err := t.in(ctx).Clauses(clause.OnConflict{Columns: columns("agent_id"), UpdateAll: true}).Create(p).Error
	return t.fail("saving a post", err)
}

// Post returns an agent's post, a new one when none was set up.
func (s *Store) Post(ctx context.Context, agent uuid.UUID) (desk.Post, error) {
	var post desk.Post
	err := wrap("reading a post", s.reading(ctx).Take(&post, "agent_id = ?", agent).Error)
	if errors.Is(err, desk.ErrNotFound) {
		return desk.NewPost(agent), nil
	}
	return post, err
}
