-- Ed25519, PKCS8 DER, base64: every node signs snapshots with the same one.
alter table city add column signing_key text;
