-- Whoever was refused has the request's id, and asks for its record.
create index audit_event_request on audit_event (account_id, (record->>'requestID'));
