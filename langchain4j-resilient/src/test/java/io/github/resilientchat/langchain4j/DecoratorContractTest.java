package io.github.resilientchat.langchain4j;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;

class DecoratorContractTest extends DecoratorContract {

  @Override
  ChatModel decorate(ChatModel primary, ChatModel fallback) {
    return ResilientChatModel.builder().target("a", primary).fallback("b", fallback).build();
  }

  @Override
  StreamingChatModel decorate(StreamingChatModel primary, StreamingChatModel fallback) {
    return ResilientStreamingChatModel.builder()
        .target("a", primary)
        .fallback("b", fallback)
        .build();
  }
}
