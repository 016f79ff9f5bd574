"""Packs: what each paper says, as frozen dataclasses built by pure code.

Nothing here knows HTML or PDF; `api.exports.documents` gives each pack its template and its file name.
Names are joined on to references here and nowhere further in. Each pack holds only what its reader may
see, so that no template can show too much. Start with `runs.py`, then `running_order.py`.
"""
