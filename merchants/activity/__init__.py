"""What happened: every act is one fact, written in the act's own transaction and never changed after.

Owns DomainEvent (stream, audit record and the timeline that pages show), EventDelivery (a batch of facts on its way to
one subscriber; waiting, done or given up), Seal (the chain by which a later change of the record shows) and KeptAnswer
(what a request with an Idempotency-Key was answered).
Announces DeliveryParked and DeliveryRetried, both of the platform.
"""
