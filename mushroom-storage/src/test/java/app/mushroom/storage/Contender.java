package app.mushroom.storage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One of two processes that want the same pointer: on each "go" it tries to move it once. */
final class Contender {
  static final ObjectKey POINTER = ObjectKey.of("models/mushrooms/champion.json");

  private Contender() {}

  public static void main(String[] arguments) throws IOException {
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (ObjectStore store = ObjectStores.open(arguments[0])) {
      while (true) {
        Optional<StoredObject> seen = store.find(POINTER);
        System.out.println("ready");
        String line = input.readLine();
        if (line == null || line.equals("end")) {
          return;
        }
        Precondition precondition =
            seen.map(found -> Precondition.generation(found.generation()))
                .orElse(Precondition.absent());
        byte[] content = (arguments[1] + " " + line).getBytes(StandardCharsets.UTF_8);
        try {
          System.out.println(
              "won " + store.writeBytes(POINTER, content, precondition).generation());
        } catch (PreconditionFailedException e) {
          System.out.println("lost");
        }
      }
    }
  }
}
