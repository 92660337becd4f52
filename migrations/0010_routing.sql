-- Who answers what: teams as data, with hours, a way of sharing work out and times
-- after which something must happen; what each agent can do and how much at once; who
-- is at the desk. The rules of which team a matter is for are one list that is changed
-- as a whole, so they are a setting.
--
-- A presence is a lease that open consoles renew, so that replicas agree on it. Waits
-- in the queue are kept when they end: what the next one is told rests on them.

-- +goose Up
create table teams (
    id             text not null primary key,
    names          {{json}},
    active         {{bool}} not null,
    place          {{bigint}} not null,
    method         text not null,
    own_hours      {{bool}} not null,
    hours          {{json}},
    holidays       {{json}},
    skills         {{json}},
    overflow       text not null,
    overflow_after {{bigint}} not null,
    raise_after    {{bigint}} not null,
    silent_after   {{bigint}} not null,
    version        {{bigint}} not null,
    updated_at     {{time}} not null
);

insert into teams (id, names, active, place, method, own_hours, hours, holidays, skills, overflow, overflow_after, raise_after, silent_after, version, updated_at) values
    ('support', '{"es":"Atención","pt":"Atendimento","en":"Support"}', true, 1, 'pull', false, null, null, null, '', 0, 15, 0, 1, '2026-01-01 00:00:00+00:00'),
    ('technical', '{"es":"Técnica","pt":"Técnica","en":"Technical"}', true, 2, 'pull', false, null, null, '["technical"]', '', 0, 15, 0, 1, '2026-01-01 00:00:00+00:00'),
    ('billing', '{"es":"Cobranzas","pt":"Financeiro","en":"Billing"}', true, 3, 'pull', false, null, null, '["billing"]', '', 0, 15, 0, 1, '2026-01-01 00:00:00+00:00'),
    ('sales', '{"es":"Ventas","pt":"Vendas","en":"Sales"}', true, 4, 'pull', false, null, null, '["sales"]', '', 0, 15, 0, 1, '2026-01-01 00:00:00+00:00'),
    ('retention', '{"es":"Retención","pt":"Retenção","en":"Retention"}', true, 5, 'pull', false, null, null, '["retention"]', '', 0, 15, 0, 1, '2026-01-01 00:00:00+00:00');

create table posts (
    agent_id   {{uuid}} not null primary key references agents (id),
    teams      {{json}},
    skills     {{json}},
    languages  {{json}},
    capacity   {{bigint}} not null,
    updated_at {{time}} not null
);

create table presences (
    agent_id    {{uuid}} not null primary key references agents (id),
    chosen      text not null,
    seen_until  {{time}},
    active_at   {{time}},
    assigned_at {{time}},
    shown       text not null,
    shown_at    {{time}} not null
);

create table waits (
    conversation_id {{uuid}} not null,
    team            text not null,
    queued_at       {{time}} not null,
    ended_at        {{time}} not null,
    primary key (conversation_id, queued_at)
);
create index waits_team on waits (team, ended_at);
create index waits_age on waits (ended_at);

-- Where a contact is served, as the desk names its zones; empty while not known.
alter table contacts add column zone text not null default '';
