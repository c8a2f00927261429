package io.github.resilientchat.langchain4j;

import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.github.resilientchat.core.Caller;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The caller that a request itself names: its parameters first, then its options; else null. */
final class CallerSource {

  private CallerSource() {}

  static @Nullable Caller of(ChatRequest request, ChatRequestOptions options) {
    if (request.parameters() instanceof ResilientChatRequestParameters own
        && own.caller() != null) {
      return own.caller();
    }
    if (options == ChatRequestOptions.EMPTY) {
      return null;
    }
    Map<Object, Object> attributes = options.listenerAttributes();
    @Nullable String user = text(attributes, ResilientChatRequestParameters.USER_ATTRIBUTE);
    @Nullable String tenant = text(attributes, ResilientChatRequestParameters.TENANT_ATTRIBUTE);
    return user == null && tenant == null ? null : new Caller(user, tenant, Set.of());
  }

  private static @Nullable String text(Map<Object, Object> attributes, String key) {
    Object value = attributes.get(key);
    return value == null ? null : value.toString();
  }
}
