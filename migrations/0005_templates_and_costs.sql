-- Message templates as the provider knows them, what each message costs, and the
-- free entry point: 72 hours without charge after an answer to a click on an advert.
--
-- A price stands on its message, so that whatever is deleted takes its cost with it
-- and totals never drift. The day is the desk's, written once: the two databases do
-- not agree on how to work it out.

-- +goose Up
create table templates (
    id         text not null primary key,
    name       text not null,
    language   text not null,
    category   text not null,
    status     text not null,
    quality    text not null,
    reason     text not null,
    named      {{bool}} not null,
    content    {{json}},
    edits      {{json}},
    uses       {{bigint}} not null,
    approved   {{bool}} not null,
    deleted_at {{time}},
    synced_at  {{time}} not null,
    created_at {{time}} not null,
    updated_at {{time}} not null
);
create index templates_name on templates (name, language);

-- How many replies of a business number were priced in a month, as far as the free
-- ones go.
create table service_quotas (
    channel text not null,
    month   text not null,
    used    {{bigint}} not null,
    primary key (channel, month)
);

alter table messages add column template {{json}};
alter table messages add column cost_micros {{bigint}} not null default 0;
alter table messages add column cost_currency text not null default '';
alter table messages add column cost_state text not null default '';
alter table messages add column cost_category text not null default '';
alter table messages add column cost_day text not null default '';
alter table messages add column pricing text not null default '';
create index messages_cost_day on messages (cost_day, cost_category) where cost_day <> '';

alter table conversations add column referred_at {{time}};
alter table conversations add column entry_ends_at {{time}};
