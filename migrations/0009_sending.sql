-- What replicas must agree on while they send: the pace of each business number,
-- of which every replica holds a share for some seconds, and which replicas are
-- alive, so that the jobs of one that was killed are soon taken up by the others.
-- All times are the database's, since the clocks of replicas differ.

-- +goose Up
create table send_rates (
    channel    text not null primary key,
    per_second {{bigint}} not null,
    held_until {{time}},
    held_code  {{bigint}} not null,
    bulk_until {{time}},
    shares     {{json}}
);

create table replicas (
    id    text not null primary key,
    until {{time}} not null
);
