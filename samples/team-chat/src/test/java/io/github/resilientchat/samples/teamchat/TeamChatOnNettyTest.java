package io.github.resilientchat.samples.teamchat;

import org.springframework.boot.WebApplicationType;

class TeamChatOnNettyTest extends TeamChatContract {

  @Override
  WebApplicationType type() {
    return WebApplicationType.REACTIVE;
  }
}
