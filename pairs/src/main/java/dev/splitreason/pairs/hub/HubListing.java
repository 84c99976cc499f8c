package dev.splitreason.pairs.hub;

import java.util.List;

/**
 * The files of a repository at a commit.
 *
 * @param commit 40 hexadecimals
 * @param files in the hub's order
 */
record HubListing(String commit, List<HubFile> files) {

  HubListing {
    files = List.copyOf(files);
  }

  List<String> paths() {
    return files.stream().map(HubFile::path).toList();
  }

  /** Those of some paths, in the order of the paths. */
  List<HubFile> of(List<String> paths) {
    return paths.stream()
        .flatMap(path -> files.stream().filter(file -> file.path().equals(path)))
        .toList();
  }
}
