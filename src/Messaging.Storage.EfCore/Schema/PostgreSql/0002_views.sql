-- Views for people who query. They show no address and no content; instants are timestamps and statuses have their names.
CREATE VIEW messaging.delivery_list AS
SELECT
  d.id, d.message_id, d.tenant, d.kind, d.channel, m.category, m.template, d.reference, d.contact_id,
  (ARRAY['Critical', 'High', 'Normal', 'Bulk'])[d.priority + 1] AS priority,
  CASE
    WHEN s.status >= 0 THEN
      (ARRAY['Scheduled', 'Queued', 'Sending', 'Unconfirmed', 'Sent', 'Delivered', 'Read', 'Suppressed', 'Failed', 'Bounced', 'Expired', 'Canceled'])[s.status + 1]
    WHEN w.state = 2 THEN 'Sending'
    WHEN s.status = -2 THEN 'Unconfirmed'
    WHEN w.state = 0 AND w.due_at > messaging.messaging_now() AND coalesce(s.total_attempts, 0) = 0 THEN 'Scheduled'
    ELSE 'Queued'
  END AS status,
  s.why_code, s.why_text, coalesce(s.total_attempts, 0) AS attempts, s.account, s.provider_id, coalesce(s.dead_letter, false) AS dead_letter,
  messaging.to_instant(d.accepted_at) AS accepted_at,
  messaging.to_instant(CASE WHEN w.state IN (0, 1) THEN w.due_at END) AS due_at,
  messaging.to_instant(s.settled_at) AS settled_at
FROM messaging.deliveries d
LEFT JOIN messaging.messages m ON m.id = d.message_id
LEFT JOIN messaging.states s ON s.id = d.id
LEFT JOIN messaging.work w ON w.id = d.id AND w.kind = 0;

CREATE VIEW messaging.dead_letters AS
SELECT
  s.id, d.message_id, s.tenant, d.kind, d.channel, m.category, m.template, d.reference, s.why_code, s.why_text,
  s.total_attempts AS attempts, s.account,
  messaging.to_instant(d.accepted_at) AS accepted_at,
  messaging.to_instant(s.settled_at) AS settled_at
FROM messaging.states s
JOIN messaging.deliveries d ON d.id = s.id
LEFT JOIN messaging.messages m ON m.id = d.message_id
WHERE s.dead_letter;

CREATE VIEW messaging.queue_depth AS
SELECT
  (ARRAY['Deliver', 'RouteCheck', 'ApplyInbound', 'NotifyHost', 'OutgoingWebhook', 'Intake', 'Maintain'])[w.kind + 1] AS kind,
  (ARRAY['Critical', 'High', 'Normal', 'Bulk'])[w.lane + 1] AS lane,
  CASE
    WHEN w.state = 1 OR (w.state = 0 AND w.due_at <= messaging.messaging_now()) THEN 'Ready'
    WHEN w.state = 0 THEN 'Waiting'
    WHEN w.state = 2 THEN 'Leased'
    ELSE 'Parked'
  END AS state,
  count(*) AS items,
  messaging.to_instant(min(w.due_at)) AS oldest
FROM messaging.work w
GROUP BY 1, 2, 3;

-- The next places of the one sequence, for those who speak to the database in words that others understand too.
CREATE FUNCTION messaging.next_places(most integer) RETURNS SETOF bigint LANGUAGE sql VOLATILE AS
$$ SELECT nextval('messaging.place') FROM generate_series(1, most) $$;
