from django.urls import path

from inbox.api import channel_records, channels, conversations, files, messages, settings

urlpatterns = [
    path("channels", channels.ChannelsView.as_view()),
    path("channels/<uuid:channel_id>", channels.ChannelView.as_view()),
    path("channels/<uuid:channel_id>/check", channels.CheckView.as_view()),
    path("channels/<uuid:channel_id>/pause", channels.PauseView.as_view()),
    path("channels/<uuid:channel_id>/resume", channels.ResumeView.as_view()),
    path("channels/<uuid:channel_id>/test", channels.TestView.as_view()),
    path("channels/<uuid:channel_id>/events", channel_records.EventsView.as_view()),
    path("channels/<uuid:channel_id>/events/seen", channel_records.SeenView.as_view()),
    path("channels/<uuid:channel_id>/webhooks", channel_records.WebhooksView.as_view()),
    path("channels/<uuid:channel_id>/webhooks/replay", channel_records.ReplayView.as_view()),
    path("channels/<uuid:channel_id>/templates", channel_records.TemplatesView.as_view()),
    path("channels/<uuid:channel_id>/flows", channel_records.FlowsView.as_view()),
    path("conversations", conversations.ConversationsView.as_view()),
    path("conversations/counts", conversations.CountsView.as_view()),
    path("conversations/<uuid:conversation_id>", conversations.ConversationView.as_view()),
    path("conversations/<uuid:conversation_id>/assign", conversations.AssignView.as_view()),
    path("conversations/<uuid:conversation_id>/resolve", conversations.ResolveView.as_view()),
    path("conversations/<uuid:conversation_id>/reopen", conversations.ReopenView.as_view()),
    path("conversations/<uuid:conversation_id>/payment", conversations.PaymentView.as_view()),
    path("conversations/<uuid:conversation_id>/read", conversations.ReadView.as_view()),
    path("conversations/<uuid:conversation_id>/typing", conversations.TypingView.as_view()),
    path("conversations/<uuid:conversation_id>/messages", messages.MessagesView.as_view()),
    path("conversations/<uuid:conversation_id>/uploads", files.UploadsView.as_view()),
    path("messages/<uuid:message_id>/retry", messages.RepeatView.as_view()),
    path("media/<uuid:media_id>", files.MediaView.as_view()),
    path("media/<uuid:media_id>/thumbnail", files.ThumbnailView.as_view()),
    path("canned-replies", settings.CannedRepliesView.as_view()),
    path("canned-replies/<uuid:reply_id>", settings.CannedReplyView.as_view()),
]
