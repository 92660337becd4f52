-- The one question after a person resolved a matter, and its answer. No foreign keys:
-- answers outlive what they were about.

-- +goose Up
create table surveys (
    id              {{uuid}} not null primary key,
    conversation_id {{uuid}} not null,
    contact_id      {{uuid}} not null,
    ticket_id       {{uuid}},
    message_id      {{uuid}} not null,
    agent_id        {{uuid}} not null,
    team            text not null,
    language        text not null,
    verdict         text not null,
    asked_at        {{time}} not null,
    answered_at     {{time}}
);
create index surveys_conversation on surveys (conversation_id, asked_at);
create index surveys_asked on surveys (asked_at, id);
