package app.mushroom.collector.imports;

import app.mushroom.collector.dataset.Refusal;
import java.util.ArrayList;
import java.util.List;

/** What the lists and folders of an import offer, in their order, and what they got wrong. */
final class Offers {
  private final List<SourcePhoto> photos = new ArrayList<>();
  private final List<Refusal> refusals = new ArrayList<>();

  void add(SourcePhoto photo) {
    photos.add(photo);
  }

  void refuse(String reason, String where, String detail) {
    refusals.add(new Refusal(reason, where, detail));
  }

  List<SourcePhoto> photos() {
    return photos;
  }

  List<Refusal> refusals() {
    return refusals;
  }
}
