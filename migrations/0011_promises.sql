-- How soon people answer and settle matters. The clocks of a conversation or ticket
-- lie on its own row, so that whoever writes the row writes them too; what lists sort
-- and filter by, and when upkeep is to look again, are columns of their own, which are
-- empty, and so in no index, while the assistant has the conversation.

-- +goose Up
alter table conversations add column awaited_since {{time}};
alter table conversations add column replied_at {{time}};
alter table conversations add column promises {{json}};
alter table conversations add column due_at {{time}};
alter table conversations add column risk_at {{time}};
alter table conversations add column look_at {{time}};
create index conversations_due on conversations (due_at, id) where due_at is not null;
create index conversations_risk on conversations (risk_at, id) where risk_at is not null;
create index conversations_look on conversations (look_at) where look_at is not null;

alter table tickets add column promises {{json}};
alter table tickets add column due_at {{time}};
alter table tickets add column risk_at {{time}};
alter table tickets add column look_at {{time}};
create index tickets_due on tickets (due_at, id) where due_at is not null;
create index tickets_look on tickets (look_at) where look_at is not null;

-- How promises ended. No foreign keys: they outlive what they were made about.
create table promise_records (
    id              {{uuid}} not null primary key,
    kind            text not null,
    rule            text not null,
    conversation_id {{uuid}} not null,
    ticket_id       {{uuid}},
    team            text not null,
    agent_id        {{uuid}},
    priority        text not null,
    intent          text not null,
    started_at      {{time}} not null,
    due_at          {{time}},
    ended_at        {{time}} not null,
    took_micros     {{bigint}} not null,
    kept            {{bool}} not null
);
create index promise_records_ended on promise_records (ended_at, id);
