package io.github.resilientchat.autoconfigure.web;

import org.springframework.boot.WebApplicationType;

class TomcatEdgeTest extends EdgeContract {

  @Override
  WebApplicationType type() {
    return WebApplicationType.SERVLET;
  }
}
