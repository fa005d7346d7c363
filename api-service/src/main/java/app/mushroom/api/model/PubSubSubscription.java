package app.mushroom.api.model;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Pub/Sub subscription, asked through its REST interface ({@code projects.subscriptions.pull} and
 * {@code acknowledge} of https://cloud.google.com/pubsub/docs/reference/rest). The official client
 * would start gRPC and its threads for a message a week.
 */
final class PubSubSubscription {
  static final int MOST_MESSAGES = 100;

  private static final int MOST_BYTES = 16_000_000;

  /** The service keeps a question open while there is nothing to tell. */
  private static final Duration LONGEST_QUESTION = Duration.ofSeconds(120);

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** Gives what the service lets us in with; empty for a stand-in that asks nothing. */
  @FunctionalInterface
  interface Token {
    String get() throws IOException;
  }

  /**
   * A message.
   *
   * @param ackId to acknowledge it with
   * @param attributes of Cloud Storage: {@code eventType}, {@code bucketId}, {@code objectId}
   */
  record Message(String ackId, Map<String, String> attributes) {}

  private record Pulled(@Nullable List<Received> receivedMessages) {}

  private record Received(@Nullable String ackId, @Nullable Content message) {}

  private record Content(@Nullable Map<String, String> attributes) {}

  private final URI endpoint;
  private final String name;
  private final Token token;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * @param name {@code projects/<project>/subscriptions/<subscription>}
   */
  PubSubSubscription(URI endpoint, String name, Token token) {
    this.endpoint = endpoint;
    this.name = name;
    this.token = token;
  }

  /** Waits for messages, a minute or so; empty if there were none. */
  List<Message> pull() throws IOException, InterruptedException {
    byte[] body = post("pull", Map.of("maxMessages", MOST_MESSAGES));
    try {
      List<Received> received = JSON.readValue(body, Pulled.class).receivedMessages();
      return received == null
          ? List.of()
          : received.stream().flatMap(each -> message(each).stream()).toList();
    } catch (JacksonException e) {
      throw new IOException("Expected messages of " + name + " as JSON, found something else.", e);
    }
  }

  private static List<Message> message(Received received) {
    String ackId = received.ackId();
    Content content = received.message();
    if (ackId == null) {
      return List.of();
    }
    Map<String, String> attributes = content == null ? null : content.attributes();
    return List.of(new Message(ackId, attributes == null ? Map.of() : attributes));
  }

  /** Messages that are not acknowledged come again. */
  void acknowledge(List<Message> messages) throws IOException, InterruptedException {
    post("acknowledge", Map.of("ackIds", messages.stream().map(Message::ackId).toList()));
  }

  private byte[] post(String method, Map<String, Object> body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve("/v1/" + name + ":" + method))
            .timeout(LONGEST_QUESTION)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    String bearer = token.get();
    if (!bearer.isEmpty()) {
      request.header("Authorization", "Bearer " + bearer);
    }
    HttpResponse<InputStream> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream content = response.body()) {
      if (response.statusCode() != 200) {
        throw new IOException(refusal(response.statusCode()));
      }
      byte[] bytes = content.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException("Expected at most " + MOST_BYTES + " bytes of messages, found more.");
      }
      return bytes;
    }
  }

  private String refusal(int status) {
    String advice =
        switch (status) {
          case 401, 403 -> "Grant the account roles/pubsub.subscriber on it.";
          case 404 -> "Create it, or correct MUSHROOM_MODEL_NOTIFICATIONS.";
          default -> "It is asked again.";
        };
    return "Expected messages of %s, found status %d. %s".formatted(name, status, advice);
  }
}
