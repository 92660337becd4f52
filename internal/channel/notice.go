package channel

import (
	"cmp"
	"strings"
	"time"

	"antena/internal/desk"
	"antena/internal/whatsapp"
)

// notice reads news about the account, a number or a template as an alert, and as
// the end or the beginning of sending. Nil is news nobody need act on.
func notice(e *whatsapp.AccountEvent) *desk.PlatformNotice {
	n := &desk.PlatformNotice{Severity: desk.SeverityWarning, Subject: cmp.Or(e.Template.Name, e.Display, e.Subject, e.Name), Detail: told(e)}
	switch e.Name {
	case "account_update":
		return account(n, e)
	case "message_template_status_update":
		return templateStatus(n, e)
	case "message_template_quality_update":
		if e.After == "GREEN" || e.After == "UNKNOWN" {
			return nil
		}
		n.Kind = desk.AlertTemplate
	case "template_category_update":
		n.Kind = desk.AlertTemplate
	case "message_template_components_update":
		return nil
	case "phone_number_quality_update":
		return number(n, e)
	case "business_capability_update":
		n.Kind = desk.AlertLimit
	case "phone_number_name_update", "account_review_update":
		if e.Event == "APPROVED" || e.Event == "DEFERRED" || e.Event == "PENDING" {
			return nil
		}
		n.Kind = desk.AlertReview
		if e.Name == "phone_number_name_update" {
			n.Kind = desk.AlertName
		}
	case "security":
		n.Kind, n.Severity = desk.AlertSecurity, desk.SeverityError
	case "account_alerts":
		if e.State == "NONE" || e.State == "RESOLVED" || e.Severity == "INFORMATIONAL" {
			return nil
		}
		n.Kind = desk.AlertPlatform
		if e.Severity == "CRITICAL" {
			n.Severity = desk.SeverityError
		}
	default:
		return nil
	}
	return n
}

func told(e *whatsapp.AccountEvent) string {
	parts := []string{e.Event, e.State, e.Reason, e.Advice}
	if e.Before != "" || e.After != "" {
		parts = append(parts, cmp.Or(e.Before, "?")+" -> "+cmp.Or(e.After, "?"))
	}
	for _, r := range e.Restrictions {
		parts = append(parts, r.Type)
	}
	if !e.Effective.IsZero() {
		parts = append(parts, e.Effective.UTC().Format(time.DateOnly))
	}
	var said []string
	for _, p := range parts {
		if p != "" && (len(said) == 0 || said[len(said)-1] != p) {
			said = append(said, p)
		}
	}
	return strings.Join(said, ", ")
}

// account says what account_update means for sending. A violation is a warning; a
// restriction holds until its end, and only what it names; a ban holds all until the
// account is reinstated or an admin says otherwise.
func account(n *desk.PlatformNotice, e *whatsapp.AccountEvent) *desk.PlatformNotice {
	n.Severity = desk.SeverityError
	switch e.Event {
	case "ACCOUNT_VIOLATION":
		n.Kind = desk.AlertViolation
	case "ACCOUNT_RESTRICTION":
		n.Kind = desk.AlertRestricted
		n.Pause = restriction(e)
	case "DISABLED_UPDATE":
		n.Kind = desk.AlertDisabled
		switch e.State {
		case "REINSTATE":
			return &desk.PlatformNotice{Resume: true}
		case "SCHEDULE_FOR_DISABLE":
		default:
			n.Pause = &desk.Pause{}
		}
	case "ACCOUNT_DELETED", "ACCOUNT_OFFBOARDED":
		n.Kind, n.Pause = desk.AlertDisabled, &desk.Pause{}
	case "ACCOUNT_RECONNECTED":
		return &desk.PlatformNotice{Resume: true}
	default:
		return nil
	}
	if n.Pause != nil {
		n.Pause.Reason, n.Pause.Detail = n.Kind, n.Detail
	}
	return n
}

// restriction is nil when what is restricted is not sending. Writing first is
// restricted apart from answering.
func restriction(e *whatsapp.AccountEvent) *desk.Pause {
	var p *desk.Pause
	for _, r := range e.Restrictions {
		answers := strings.Contains(r.Type, "CUSTOMER_INITIATED")
		if !answers && !strings.Contains(r.Type, "BIZ_INITIATED") {
			continue
		}
		if p == nil {
			p = &desk.Pause{OnlyTemplates: true}
		}
		p.OnlyTemplates = p.OnlyTemplates && !answers
		if until := desk.Instant(r.Until); !r.Until.IsZero() && (p.Until == nil || until.After(*p.Until)) {
			p.Until = &until
		}
	}
	return p
}

func templateStatus(n *desk.PlatformNotice, e *whatsapp.AccountEvent) *desk.PlatformNotice {
	n.Kind = desk.AlertTemplate
	switch e.Event {
	case "REJECTED", "PAUSED", "DISABLED", "FLAGGED", "LIMIT_EXCEEDED", "LOCKED":
		n.Severity = desk.SeverityError
	case "PENDING_DELETION", "DELETED", "ARCHIVED":
	default:
		return nil // approved, pending, in appeal, reinstated
	}
	return n
}

// number reads the news of a number. One that is flagged can still answer, and good
// answers are what mends it; one that is banned cannot.
func number(n *desk.PlatformNotice, e *whatsapp.AccountEvent) *desk.PlatformNotice {
	switch e.Event {
	case "FLAGGED", "DOWNGRADE":
		n.Kind, n.Severity = desk.AlertQuality, desk.SeverityError
	case "BANNED", "RESTRICTED", "DISABLED":
		n.Kind, n.Severity = desk.AlertDisabled, desk.SeverityError
		n.Pause = &desk.Pause{Reason: n.Kind, Detail: n.Detail}
	case "UNBANNED", "UNRESTRICTED", "ENABLED":
		return &desk.PlatformNotice{Resume: true}
	case "ONBOARDING", "UNFLAGGED", "UPGRADE", "THROUGHPUT_UPGRADE":
		return nil
	default:
		n.Kind = desk.AlertLimit
	}
	return n
}
