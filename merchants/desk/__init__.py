"""What keeps the desk running.

Owns ImportRun (what a marketplace import read, took and refused) and ImportFinding (one row per finding); Job, long
work done in steps; Duty and DutyRun, what the platform does again and again; WorkItem, one thing that a person must do.
States: IMPORT_FLOW, JOB_FLOW (queued, running, stopping; stopped, completed, failed, parked).
Facts: desk.job.*, desk.duty.* (the platform's), desk.work_item.*.
Apps register kinds of jobs in their `jobs.py`, duties in their `duties.py`, kinds of work items in `ready`.
Reacts to MemberRemoved (leaves their work to others) and to deliveries of facts that are parked or tried again.
"""
