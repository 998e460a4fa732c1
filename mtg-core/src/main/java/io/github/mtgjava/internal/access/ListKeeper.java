package io.github.mtgjava.internal.access;

import io.github.mtgjava.MtProxyException;
import io.github.mtgjava.MtProxyException.Reason;
import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.internal.access.AccessList.Kind;
import io.github.mtgjava.internal.fetch.Jitter;
import io.github.mtgjava.internal.fetch.Refresher;
import io.github.mtgjava.internal.fetch.Urls;
import io.github.mtgjava.internal.fetch.Waiting;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Block and allow lists, loaded at the start and kept fresh from then on: files are looked at every other second, web sites are
 * asked now and then. Thread-safe; {@link #allows} needs no lock.
 */
public final class ListKeeper implements AutoCloseable {

    /** Nobody is to wait longer for a start because a site is away. */
    private static final Duration START_LIMIT = Duration.ofSeconds(5);

    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(30);
    private static final Duration LAST_RETRY = Duration.ofMinutes(10);
    private static final Duration FILE_INTERVAL = Duration.ofSeconds(2);

    private final List<ListFile> files = new ArrayList<>();
    private final List<ListUrl> urls = new ArrayList<>();
    private final List<AccessList> block = new ArrayList<>();
    private final List<AccessList> allow = new ArrayList<>();
    private final ListSites sites;
    private final Duration startLimit;
    private final Refresher fileRefresher;
    private final Refresher urlRefresher;
    private volatile boolean closed;

    /** Nothing is loaded yet. */
    public ListKeeper(ListSettings settings) {
        this(settings, START_LIMIT, Waiting.real(), Waiting.real());
    }

    ListKeeper(ListSettings settings, Duration startLimit, Waiting waitingForFiles, Waiting waitingForSites) {
        this.startLimit = startLimit;
        add(settings.block(), Kind.BLOCK, block);
        add(settings.allow(), Kind.ALLOW, allow);
        Jitter jitter = new Jitter(RandomSource.secure());
        sites = new ListSites(urls, settings.cacheDirectory(), InstantSource.system(), waitingForSites);
        fileRefresher = new Refresher(
                "mtg-list-files", this::lookAtFiles, FILE_INTERVAL, FILE_INTERVAL, jitter, waitingForFiles);
        urlRefresher = new Refresher(
                "mtg-list-sites",
                () -> fetch(REQUEST_LIMIT),
                settings.refreshInterval(),
                LAST_RETRY,
                jitter,
                waitingForSites);
    }

    private void add(ListSettings.Sources sources, Kind kind, List<AccessList> lists) {
        sources.files().forEach(path -> files.add(new ListFile(path, new AccessList(kind, path.toString()))));
        sources.urls().forEach(url -> urls.add(new ListUrl(url, new AccessList(kind, Urls.plain(url)))));
        files.stream().map(ListFile::list).filter(list -> list.kind() == kind).forEach(lists::add);
        urls.stream().map(ListUrl::list).filter(list -> list.kind() == kind).forEach(lists::add);
    }

    /**
     * Loads the lists, and keeps them fresh from then on. Takes five seconds at the most.
     *
     * @throws MtProxyException if there is nothing to be had of an allow list: nobody could be let in
     */
    public void open() throws InterruptedException {
        readFiles();
        boolean fresh = fetch(startLimit);
        sites.takeCopies();
        for (AccessList list : allow) {
            if (!list.isLoaded()) {
                close();
                throw new MtProxyException(
                        Reason.NOT_LOADED,
                        "cannot load " + list.title() + ": " + list.fault()
                                + ". Without it nobody could be let in: mend it, or leave it out");
            }
        }
        if (!files.isEmpty()) {
            fileRefresher.start(true);
        }
        if (!urls.isEmpty()) {
            urlRefresher.start(fresh);
        }
    }

    private boolean lookAtFiles() {
        synchronized (files) {
            files.forEach(ListFile::look);
        }
        return true;
    }

    private void readFiles() {
        synchronized (files) {
            files.forEach(ListFile::read);
        }
    }

    private boolean fetch(Duration limit) throws InterruptedException {
        synchronized (urls) {
            return urls.isEmpty() || sites.fetchAll(limit);
        }
    }

    /**
     * Reads every file and asks every site, now. What cannot be had stays as it was.
     *
     * @return whether all of them could be had
     */
    public boolean reload() throws InterruptedException {
        if (closed) {
            return false;
        }
        readFiles();
        boolean fetched = fetch(REQUEST_LIMIT);
        return fetched && files.stream().allMatch(file -> file.list().fault() == null);
    }

    /** Whether the address is on no block list and, if there are allow lists, on one of these. */
    public boolean allows(InetAddress client) {
        return !isOnOneOf(block, client) && (allow.isEmpty() || isOnOneOf(allow, client));
    }

    private static boolean isOnOneOf(List<AccessList> lists, InetAddress client) {
        for (AccessList list : lists) {
            if (list.contains(client)) {
                return true;
            }
        }
        return false;
    }

    /** Ends the refreshing. More than once does nothing. */
    @Override
    public void close() {
        closed = true;
        fileRefresher.close();
        urlRefresher.close();
        sites.close();
    }
}
