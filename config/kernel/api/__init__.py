"""What every API resource shares. It knows of no app: who asks is the doorkeeper's to say, rows are the app's.

An app writes `api/serializers.py` (In and Out), `api/views.py` (one `Resource` per address) and `api/urls.py`.
"""
