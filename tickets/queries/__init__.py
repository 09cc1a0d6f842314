"""Reading the work: which tickets there are for whom, what was said and what happened on them."""

from tickets.queries.approvals import approval_for, approvals_of, open_approvals
from tickets.queries.conversation import (
    attachment_for,
    draft_of,
    drafts_of,
    messages_for,
    own_unsent,
    unsent_attachments,
)
from tickets.queries.finding import Snippet, found_by, snippets_for
from tickets.queries.history import events_for, feed, history_of, readable, timeline_of
from tickets.queries.manifest import Manifest, manifest_of
from tickets.queries.papers import (
    Paper,
    change_step_for,
    change_steps_of,
    change_templates,
    document_kinds_of,
    documents_of,
    owed_documents,
    paper_rows,
    papers_of,
)
from tickets.queries.people import (
    colleagues_of,
    followers_of,
    open_proposal,
    participants_of,
    watchers_of,
)
from tickets.queries.relations import children_of, link_rows, links_of
from tickets.queries.urgency import Dispute, disputes_of, proposal_for, proposals_of
from tickets.queries.visibility import ticket_by_id, ticket_for, visible_to
from tickets.queries.working import (
    canned_replies_of,
    canned_reply_for,
    present_at,
    teams_of,
    view_for,
    views_of,
)

__all__ = [
    "Dispute",
    "Manifest",
    "Paper",
    "Snippet",
    "approval_for",
    "approvals_of",
    "attachment_for",
    "canned_replies_of",
    "canned_reply_for",
    "change_step_for",
    "change_steps_of",
    "change_templates",
    "children_of",
    "colleagues_of",
    "disputes_of",
    "document_kinds_of",
    "documents_of",
    "draft_of",
    "drafts_of",
    "events_for",
    "feed",
    "followers_of",
    "found_by",
    "history_of",
    "link_rows",
    "links_of",
    "manifest_of",
    "messages_for",
    "open_approvals",
    "open_proposal",
    "owed_documents",
    "own_unsent",
    "paper_rows",
    "papers_of",
    "participants_of",
    "present_at",
    "proposal_for",
    "proposals_of",
    "readable",
    "snippets_for",
    "teams_of",
    "ticket_by_id",
    "ticket_for",
    "timeline_of",
    "unsent_attachments",
    "view_for",
    "views_of",
    "visible_to",
    "watchers_of",
]
