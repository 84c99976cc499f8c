package dev.splitreason.pairs.hub;

import dev.splitreason.core.file.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Models of the hub as files on disk. What the cache has is used as it is, without asking the hub:
 * answers do not change because somebody pushed a commit. {@link #pull} asks for the newest.
 * Thread-safe.
 */
public final class Hub {

  private static final Logger LOG = LoggerFactory.getLogger(Hub.class);

  /**
   * One download at a time has all of the line to the hub, and one bar is what a terminal shows.
   */
  private static final ReentrantLock LINE = new ReentrantLock();

  /** Shown by whoever has a terminal: there is one of it in a process. */
  private static volatile HubProgress shown = HubProgress.SILENT;

  private final HubSettings settings;
  private final HubProgress progress;
  private final HubClient.Pause pause;

  /**
   * What was pulled.
   *
   * @param commit of the repository
   * @param path of the GGUF file (the first of several parts), or of the folder to train from
   * @param bytes of all its files
   */
  public record Pulled(String commit, Path path, long bytes) {}

  Hub(HubSettings settings, HubProgress progress, HubClient.Pause pause) {
    this.settings = settings;
    this.progress = progress;
    this.pause = pause;
  }

  /** The hub of whoever runs this process, by the environment. */
  public static Hub ofUser() {
    return new Hub(HubSettings.of(System.getenv()), shown, Thread::sleep);
  }

  /** Shows all downloads of this process, whatever opens the model that is fetched. */
  public static void show(HubProgress progress) {
    shown = progress;
  }

  /**
   * The GGUF file of a model, fetched if it is not on disk; of several parts the first, beside the
   * others.
   *
   * @throws HubException if it cannot be had
   * @throws dev.splitreason.core.error.UserMistake if it does not say which of several
   */
  public Path gguf(HubName name) {
    return find(name, new Wanted.Gguf(choice(name))).path();
  }

  /**
   * A folder to train from: {@code config.json}, tokenizer, safetensors; fetched if it is not on
   * disk.
   *
   * @throws HubException if it cannot be had
   */
  public Path folder(HubName name) {
    return find(name, new Wanted.Folder()).path();
  }

  /**
   * The GGUF file, or where the name has no choice the folder to train from, as far as it is on
   * disk, whole; else null. Asks nobody.
   */
  public @Nullable Path onDisk(HubName name) {
    Pulled gguf = kept(name, new Wanted.Gguf(choice(name)));
    Pulled kept = gguf == null && name.choice() == null ? kept(name, new Wanted.Folder()) : gguf;
    return kept == null ? null : kept.path();
  }

  /**
   * Brings the newest commit to disk: the GGUF file where the repository has some, else a folder to
   * train from.
   *
   * @throws HubException if it cannot be had
   * @throws dev.splitreason.core.error.UserMistake if it does not say which of several
   */
  public Pulled pull(HubName name) {
    requireOnline(name);
    return asking(
        name,
        client -> {
          HubListing listing = client.list();
          boolean gguf = listing.paths().stream().anyMatch(path -> path.endsWith(".gguf"));
          Wanted wanted =
              gguf || name.choice() != null ? new Wanted.Gguf(choice(name)) : new Wanted.Folder();
          return bring(name, wanted, listing, client);
        });
  }

  private Pulled find(HubName name, Wanted wanted) {
    Pulled kept = kept(name, wanted);
    if (kept != null) {
      return kept;
    }
    requireOnline(name);
    return asking(name, client -> bring(name, wanted, client.list(), client));
  }

  private void requireOnline(HubName name) {
    if (settings.offline()) {
      throw new HubException(
          "%s is not in %s, and HF_HUB_OFFLINE is set: unset it, or pull it elsewhere"
              .formatted(name, settings.cache()));
    }
  }

  private @Nullable Pulled kept(HubName name, Wanted wanted) {
    HubCache cache = HubCache.of(settings.cache(), name.repository());
    String commit = cache.commit(name.revision());
    if (commit == null) {
      return null;
    }
    List<String> files = wanted.among(cache.files(commit));
    return files.isEmpty() ? null : pulled(cache, commit, wanted, files);
  }

  private static Pulled pulled(HubCache cache, String commit, Wanted wanted, List<String> files) {
    Path snapshot = cache.snapshot(commit);
    long bytes = files.stream().mapToLong(file -> snapshot.resolve(file).toFile().length()).sum();
    return new Pulled(commit, snapshot.resolve(wanted.entry(files)), bytes);
  }

  /** What is done while the hub answers. */
  @FunctionalInterface
  private interface Conversation {
    Pulled with(HubClient client) throws InterruptedException;
  }

  private Pulled asking(HubName name, Conversation conversation) {
    try {
      LINE.lockInterruptibly();
      try (HubClient client = new HubClient(settings, name, pause)) {
        return conversation.with(client);
      } finally {
        LINE.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HubException(
          "fetching " + name + " was interrupted; the next time goes on there", e);
    }
  }

  private Pulled bring(HubName name, Wanted wanted, HubListing listing, HubClient client)
      throws InterruptedException {
    List<String> paths = wanted.among(listing.paths());
    if (paths.isEmpty()) {
      throw wanted.refusal(name, listing.paths());
    }
    HubCache cache = HubCache.of(settings.cache(), name.repository());
    List<HubFile> files = listing.of(paths);
    long bytes = files.stream().mapToLong(HubFile::size).sum();
    long there = files.stream().mapToLong(file -> there(cache, file)).sum();
    requireSpace(name, bytes - there);
    LOG.info("fetching {} at {}: {} bytes, {} of them there", name, listing.commit(), bytes, there);
    progress.begins(name.toString(), bytes, there);
    try {
      HubDownload download = new HubDownload(client, cache, pause, name);
      long[] done = {0};
      for (HubFile file : files) {
        download.bring(
            listing.commit(),
            file,
            more -> {
              done[0] += more;
              progress.has(done[0]);
            });
      }
      cache.remember(name.revision(), listing.commit());
    } catch (IOException e) {
      throw new HubException(
          "the cache %s cannot be written: %s".formatted(cache.folder(), FileProblem.of(e)), e);
    } finally {
      progress.ends();
    }
    return pulled(cache, listing.commit(), wanted, paths);
  }

  private static long there(HubCache cache, HubFile file) {
    Path blob = cache.blob(file.sum());
    return Files.exists(blob)
        ? file.size()
        : Math.min(file.size(), cache.incomplete(file.sum()).toFile().length());
  }

  private void requireSpace(HubName name, long needed) {
    try {
      Path folder = settings.cache().toAbsolutePath();
      Files.createDirectories(folder);
      long free = Files.getFileStore(folder).getUsableSpace();
      if (needed > free) {
        throw new HubException(
            "%s needs %s more in %s, where %s are free: make room, or set HF_HOME to another disk"
                .formatted(name, size(needed), folder, size(free)));
      }
    } catch (IOException e) {
      throw new HubException(
          "the cache %s cannot be used: %s".formatted(settings.cache(), FileProblem.of(e)), e);
    }
  }

  private static String size(long bytes) {
    return bytes < 1_000_000_000
        ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }

  private static String choice(HubName name) {
    return name.choice() == null ? "" : name.choice();
  }
}
