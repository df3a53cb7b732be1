package app

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"heed/app/operate"
	"heed/directory"
	"heed/kernel/blob"
	"heed/kernel/clock"
	"heed/kernel/event"
	"heed/kernel/fault"
	"heed/kernel/i18n"
	"heed/kernel/id"
	"heed/kernel/job"
	"heed/kernel/ledger"
	"heed/kernel/ledger/journal"
	"heed/kernel/policy"
	"heed/kernel/seal"
	"heed/kernel/store"
	"heed/mail"
	"heed/notice"
	"heed/notice/pack"
	"heed/notices"
	"heed/privacy"
	"heed/ticket"
)

// Modules are the parts with tables in the data store, lowest rank first.
func Modules() []store.Module {
	return []store.Module{ledger.Module(), job.Module(), directory.Module(), ticket.Module(), mail.Module(), operate.Module()}
}

// KeyModules are the parts with tables in the key store.
func KeyModules() []store.Module { return []store.Module{seal.Module(), privacy.KeyModule()} }

// House is everything, opened and connected.
type House struct {
	Config  Config
	Log     *slog.Logger
	Clock   clock.Clock
	DB      *store.DB
	Keys    *store.DB
	Vault   *seal.Vault
	Mint    *id.Mint
	Ledger  *ledger.Ledger
	Queue   *job.Queue
	Bus     *event.Bus
	Bundle  *i18n.Bundle
	Files   blob.Files
	People  *directory.Directory
	Tickets *ticket.Service
	Mail    *mail.Service
	Notices *privacy.Notices
	Forget  *privacy.Forget
	Copy    *privacy.Copier
	Room    *operate.Room

	unsafe   bool
	sequence chan struct{}
	closers  []func() error
}

// Options are what commands vary.
type Options struct {
	Clock  clock.Clock
	Log    *slog.Logger
	Unsafe bool // no disk confirmation: builders of benchmark data, tests
	Make   bool // a missing data folder and master key are made
	Alone  bool // the caller holds the data folder for itself already
}

// Open opens the stores, brings their schemas up to date, and connects the
// slices. It starts nothing.
func Open(ctx context.Context, c Config, o Options) (_ *House, err error) {
	if o.Clock == nil {
		o.Clock = clock.System()
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	h := &House{Config: c, Log: o.Log, Clock: o.Clock, Mint: id.NewMint(c.Node), unsafe: o.Unsafe, sequence: make(chan struct{}, 1)}
	defer func() {
		if err != nil {
			err = errors.Join(err, h.Close())
		}
	}()
	if _, e := os.Stat(c.Data); errors.Is(e, fs.ErrNotExist) && !o.Make {
		return nil, fault.Invalid("data.missing", "there is no data folder %s; start heed serve or heed demo once, or set HEED_DATA", c.Data)
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, err
	}
	if !o.Alone {
		l, err := share(c.Data)
		if err != nil {
			return nil, err
		}
		h.closers = append(h.closers, l.release)
		if err := asideIn(c.Data).whole(); err != nil {
			return nil, err
		}
	}
	if err := h.openStores(ctx, c, o); err != nil {
		return nil, err
	}
	if err := h.connect(ctx); err != nil {
		return nil, err
	}
	return h, h.loadNotices(ctx)
}

func (h *House) openStores(ctx context.Context, c Config, o Options) error {
	var err error
	shelf := &policy.Shelf{}
	if h.Keys, err = store.Open(ctx, store.Config{DSN: c.keyDSN(), Clock: h.Clock, NoIndex: true, Unsafe: o.Unsafe, Log: h.Log}); err != nil {
		return err
	}
	h.closers = append(h.closers, h.Keys.Close)
	if err := h.Keys.Migrate(ctx, KeyModules()); err != nil {
		return err
	}
	master, err := h.master(ctx, c, o)
	if err != nil {
		return err
	}
	if h.Vault, err = seal.Open(ctx, h.Keys, master, h.Mint); err != nil {
		return err
	}
	if h.DB, err = store.Open(ctx, store.Config{DSN: c.dsn(), Clock: h.Clock, Shelf: shelf, Unsafe: o.Unsafe, Log: h.Log}); err != nil {
		return err
	}
	h.closers = append(h.closers, h.DB.Close)
	if err := h.DB.Migrate(ctx, Modules()); err != nil {
		return err
	}
	packs, err := pack.Builtin()
	h.Notices = &privacy.Notices{Shelf: shelf, Clock: h.Clock, Packs: packs, Log: h.Log}
	return err
}

// master finds the master key. It is made at a first start only: once there are
// keys that it wrapped, a missing file is a loss to be told, not to be papered over.
func (h *House) master(ctx context.Context, c Config, o Options) (seal.Master, error) {
	if c.masterKey != "" {
		return seal.ParseMaster(c.masterKey)
	}
	if o.Make && c.MasterKeyFile == "" {
		used, err := seal.Used(ctx, h.Keys)
		if err != nil {
			return seal.Master{}, err
		}
		if !used {
			return seal.LoadOrMakeMaster(c.masterPath())
		}
	}
	return seal.LoadMaster(c.masterPath())
}

// connect fills the slices and registers what they listen to.
func (h *House) connect(ctx context.Context) error {
	var err error
	if h.Ledger, err = ledger.New(h.DB, h.Mint, h.Vault.Derive("ledger"), h.wakeSequencer); err != nil {
		return err
	}
	h.DB.SetRecorder(h.Ledger)
	if err := h.openJournal(ctx); err != nil {
		return err
	}
	if h.Bundle, err = bundle(h.Log); err != nil {
		return err
	}
	files, err := h.fileStore()
	if err != nil {
		return err
	}
	h.Files = blob.Files{Sealed: blob.NewSealed(files, h.Vault, h.Vault.Derive("blob names"), h.Config.Data)}
	h.Queue = &job.Queue{DB: h.DB, Mint: h.Mint, Log: h.Log, Node: h.Config.Node}
	h.Bus = &event.Bus{Queue: h.Queue, Hub: event.NewHub(h.DB, h.Log)}
	h.People = &directory.Directory{DB: h.DB, Vault: h.Vault, Mint: h.Mint, Log: h.Log}
	h.Tickets = &ticket.Service{DB: h.DB, Vault: h.Vault, Mint: h.Mint, Bus: h.Bus, People: h.People, Notices: h.Notices, Files: h.Files, Ceiling: h.Notices.Ceiling}
	h.People.Tickets, h.People.Notices = h.Tickets, h.Notices
	h.People.Prepare()
	h.Tickets.Prepare()
	if err := h.Tickets.Listen(); err != nil {
		return err
	}
	h.Mail = &mail.Service{
		DB: h.DB, Vault: h.Vault, Mint: h.Mint, Queue: h.Queue, Bus: h.Bus, Log: h.Log, Tickets: h.Tickets, People: h.People, Files: h.Files,
		Bundle: h.Bundle, Domain: h.Config.MailDomain, BaseURL: h.Config.BaseURL, TrustedServer: h.Config.Mail.TrustedAuthserv,
	}
	if s := h.Config.SMTP; s.Addr != "" {
		h.Mail.Sender = mail.SMTP{Addr: s.Addr, User: s.User, Password: s.Password, Plain: s.Plain}
	}
	if err := h.Mail.Prepare(); err != nil {
		return err
	}
	if err := h.Queue.Register(h.People.LinkJob(h.Mail)); err != nil {
		return err
	}
	h.Forget = &privacy.Forget{
		DB: h.DB, Keys: h.Keys, Vault: h.Vault, Mint: h.Mint, People: h.People, Tickets: h.Tickets, Files: h.Files, Notices: h.Notices, Holders: []privacy.Holder{h.Mail},
	}
	h.Copy = &privacy.Copier{
		DB: h.DB, People: h.People, Notices: h.Notices, Bundle: h.Bundle, Sources: []privacy.Source{h.People, h.Tickets, h.Mail, privacy.Readings{DB: h.DB, Fresh: h.Ledger.Drain}},
	}
	if h.Copy.Map, err = privacy.ReadMap(Modules()...); err != nil {
		return err
	}
	h.Room = &operate.Room{DB: h.DB, Vault: h.Vault, Mint: h.Mint, Ledger: h.Ledger, Queue: h.Queue, People: h.People, Notices: h.Notices, Files: h.Files.Sealed}
	h.duties()
	_, err = h.Forget.Replay(ctx, false) // what a crash left unfinished
	return err
}

// openJournal gives the records of reads a file of their own, on SQLite; what a
// stop left in it goes into the ledger.
func (h *House) openJournal(ctx context.Context) error {
	if h.DB.Dialect() != store.SQLite {
		return nil
	}
	dsn := "sqlite:" + filepath.Join(h.Config.Data, journalFile)
	db, err := store.Open(ctx, store.Config{DSN: dsn, Clock: h.Clock, NoIndex: true, Unsafe: h.unsafe, Log: h.Log})
	if err != nil {
		return err
	}
	h.closers = append(h.closers, db.Close)
	j, err := journal.Open(ctx, db)
	if err != nil {
		return err
	}
	h.Ledger.KeepReadsIn(j)
	return h.Ledger.Drain(ctx)
}

// journalFile lies in the data folder.
const journalFile = "journal.db"

func (h *House) fileStore() (blob.Store, error) {
	if s := h.Config.S3; s.Endpoint != "" {
		return blob.NewS3(blob.S3Config{Endpoint: s.Endpoint, Bucket: s.Bucket, Prefix: s.Prefix, Region: s.Region, AccessKey: s.AccessKey, SecretKey: blob.Secret(s.SecretKey), Plain: s.Plain})
	}
	disk, err := blob.OpenDisk(filepath.Join(h.Config.Data, "files"))
	if err == nil {
		h.closers = append(h.closers, disk.Close)
	}
	return disk, err
}

// duties is the regular work.
func (h *House) duties() {
	h.Queue.Oblige(
		job.Duty{Name: "sign a checkpoint of the ledger", Every: 24 * time.Hour, Run: func(ctx context.Context) error { _, err := h.Ledger.Checkpoint(ctx); return err }},
		job.Duty{Name: "look at the notices again", Every: 5 * time.Minute, Run: h.reloadNotices}, // files that were changed, versions whose day has come
		job.Duty{Name: "fold the counts of tickets", Every: 10 * time.Second, Run: h.Tickets.FoldTally},
		job.Duty{Name: "look at tickets whose time has come", Every: 10 * time.Second, Run: h.Tickets.WakeDue},
		job.Duty{Name: "sweep forms and drafts", Every: time.Hour, Run: h.Tickets.Sweep},
		job.Duty{Name: "let the word index of tickets forget", Every: 24 * time.Hour, Run: h.Tickets.ForgetWords},
		job.Duty{Name: "let the word index of people forget", Every: 24 * time.Hour, Run: h.People.ForgetWords},
		job.Duty{Name: "index telephones", Every: 24 * time.Hour, Run: h.People.FillTails},
		job.Duty{Name: "sweep sessions", Every: time.Hour, Run: h.People.Sweep},
	)
}

func (h *House) wakeSequencer() {
	select {
	case h.sequence <- struct{}{}:
	default:
	}
}

// loadNotices finds the notices and puts their rules in force.
func (h *House) loadNotices(ctx context.Context) error {
	h.Notices.Files = notices.Files()
	demo, err := notices.Demo()
	if err != nil {
		return err
	}
	h.Notices.Overlays = demo
	if h.Config.Notices != "" {
		h.Notices.Files, h.Notices.Overlays = os.DirFS(h.Config.Notices), os.DirFS(filepath.Join(h.Config.Notices, "choices"))
	}
	return h.reloadNotices(ctx)
}

// reloadNotices looks at the notices again. A broken file changes nothing and
// is logged; where nothing is in force at all, that is an error.
func (h *House) reloadNotices(ctx context.Context) error {
	cs, err := h.controllers(ctx)
	if err != nil {
		return err
	}
	if ps := h.Notices.Reload(cs); notice.Failed(ps) && len(h.Notices.All()) == 0 {
		return fault.Invalid("notices.broken", "no notice can be put in force:\n%s", privacy.Lines(ps))
	}
	return nil
}

func (h *House) controllers(ctx context.Context) ([]directory.Controller, error) {
	var cs []directory.Controller
	err := h.DB.Read(ctx, policy.System("read the controllers"), policy.Operate, func(tx *store.Tx) (err error) {
		cs, err = h.People.Controllers(ctx, tx)
		return err
	})
	return cs, err
}

// Close closes what was opened, in reverse.
func (h *House) Close() error {
	var err error
	for i := len(h.closers) - 1; i >= 0; i-- {
		err = errors.Join(err, h.closers[i]())
	}
	h.closers = nil
	return err
}
