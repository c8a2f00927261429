package io.github.resilientchat.samples.teamchat;

import org.springframework.boot.WebApplicationType;

class TeamChatOnTomcatTest extends TeamChatContract {

  @Override
  WebApplicationType type() {
    return WebApplicationType.SERVLET;
  }
}
