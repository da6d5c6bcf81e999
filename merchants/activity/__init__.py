"""What happened: every act is one fact, written in the act's own transaction and never changed after.

Owns DomainEvent: stream, audit record and the timeline that pages show.
"""
