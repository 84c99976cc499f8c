package dev.splitreason.pairs.hub;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the cache has of one repository, in the layout of Python's huggingface_hub: contents under
 * their sums in {@code blobs}, for each commit a folder in {@code snapshots} whose files are links
 * to them, and in {@code refs} which commit a branch was last seen at.
 *
 * @param folder of the repository; need not exist
 */
record HubCache(Path folder) {

  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  /** Of a repository with a model. */
  static HubCache of(Path cache, String repository) {
    return new HubCache(cache.resolve("models--" + repository.replace("/", "--")));
  }

  /** The commit that a revision is known to mean, or null. */
  @Nullable String commit(String revision) {
    if (COMMIT.matcher(revision).matches()) {
      return revision;
    }
    try {
      String commit = Files.readString(folder.resolve("refs").resolve(revision)).strip();
      return COMMIT.matcher(commit).matches() ? commit : null;
    } catch (IOException e) {
      return null; // It has never been asked for.
    }
  }

  /** The folder of a commit. */
  Path snapshot(String commit) {
    return folder.resolve("snapshots").resolve(commit);
  }

  /** The files that are there of a commit, as the repository names them; whole, all of them. */
  List<String> files(String commit) {
    Path snapshot = snapshot(commit);
    if (!Files.isDirectory(snapshot)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(snapshot)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> snapshot.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new HubException("the cache cannot be read: " + e.getMessage(), e);
    }
  }

  /** Where the content of a sum is, or would be. */
  Path blob(String sum) {
    return folder.resolve("blobs").resolve(sum);
  }

  /** Where the content of a sum grows while it comes. */
  Path incomplete(String sum) {
    return folder.resolve("blobs").resolve(sum + ".incomplete");
  }

  /** The lock file of a sum, beside the repositories. */
  Path lock(String sum) {
    Path name = folder.getFileName();
    return folder.resolveSibling(".locks").resolve(String.valueOf(name)).resolve(sum + ".lock");
  }

  /** Makes a file of a commit of a content that is there. */
  void place(String commit, HubFile file) throws IOException {
    Path link = snapshot(commit).resolve(file.path());
    Path blob = blob(file.sum());
    Path folder = Objects.requireNonNull(link.getParent());
    Files.createDirectories(folder);
    if (Files.exists(link)) {
      return;
    }
    Files.deleteIfExists(link); // A link to a content that somebody threw away.
    try {
      Files.createSymbolicLink(link, folder.relativize(blob));
    } catch (FileAlreadyExistsException e) {
      // Another process was quicker.
    } catch (UnsupportedOperationException e) {
      Files.copy(blob, link);
    }
  }

  /** Notes at which commit a revision is. */
  void remember(String revision, String commit) throws IOException {
    if (revision.equals(commit)) {
      return;
    }
    Path ref = folder.resolve("refs").resolve(revision);
    Files.createDirectories(ref.getParent());
    Path written = Files.createTempFile(ref.getParent(), "ref", "");
    Files.writeString(written, commit);
    Files.move(written, ref, StandardCopyOption.ATOMIC_MOVE);
  }
}
