from django.urls import path

from inbox.api import conversations, files, messages, settings, templates

urlpatterns = [
    path("channels", settings.ChannelsView.as_view()),
    path("channels/<uuid:channel_id>/templates", templates.TemplatesView.as_view()),
    path("conversations", conversations.ConversationsView.as_view()),
    path("conversations/counts", conversations.CountsView.as_view()),
    path("conversations/<uuid:conversation_id>", conversations.ConversationView.as_view()),
    path("conversations/<uuid:conversation_id>/assign", conversations.AssignView.as_view()),
    path("conversations/<uuid:conversation_id>/resolve", conversations.ResolveView.as_view()),
    path("conversations/<uuid:conversation_id>/reopen", conversations.ReopenView.as_view()),
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
