package io.github.resilientchat.samples.fivepatterns;

/**
 * One request of a demo.
 *
 * @param number within the demo, from 1
 * @param route the route that the application asks for by name
 * @param user who is signed in
 * @param text the prompt
 */
record Question(int number, String route, String user, String text) {}
