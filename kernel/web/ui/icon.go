package ui

import "heed/kernel/web/assets"

// Icon names one drawing of the sprite. One icon has one meaning; which drawing
// it is stands in assets/icons.json, and a test holds the two lists equal.
type Icon string

// The icons in use.
const (
	IconAlert     Icon = "alert"      // wrong, overdue, look here
	IconApp       Icon = "app"        // software
	IconBin       Icon = "bin"        // delete for good
	IconBook      Icon = "book"       // article, notice
	IconBuilding  Icon = "building"   // organisation, institution's sign-in
	IconCalendar  Icon = "calendar"   // planned
	IconCheck     Icon = "check"      // done, met, kept, solve
	IconClip      Icon = "clip"       // attach
	IconClock     Icon = "clock"      // due
	IconColumns   Icon = "columns"    // what a list says
	IconCopy      Icon = "copy"       // a copy of data
	IconCross     Icon = "cross"      // remove, broken
	IconDash      Icon = "dash"       // not proved
	IconDown      Icon = "down"       // more below, open
	IconDownload  Icon = "download"   // take a file
	IconDrive     Icon = "drive"      // files and drives
	IconEdit      Icon = "edit"       // correct, attest
	IconEye       Icon = "eye"        // who sees, reveal
	IconFile      Icon = "file"       // attachment
	IconFilter    Icon = "filter"     // narrow a list
	IconFinger    Icon = "finger"     // passkey
	IconFlag      Icon = "flag"       // following
	IconHelp      Icon = "help"       // help with something
	IconHand      Icon = "hand"       // hand over
	IconHistory   Icon = "history"    // what happened
	IconInbox     Icon = "inbox"      // ticket, incoming
	IconInfo      Icon = "info"       // good to know
	IconKey       Icon = "key"        // access, account
	IconKeyboard  Icon = "keyboard"   // keys
	IconLaptop    Icon = "laptop"     // device
	IconLeft      Icon = "left"       // back, newer (mirrored right to left)
	IconLink      Icon = "link"       // linked thing
	IconList      Icon = "list"       // all
	IconLock      Icon = "lock"       // note, stays inside
	IconMail      Icon = "mail"       // mail
	IconMore      Icon = "more"       // more actions
	IconOut       Icon = "out"        // sign out, end a session
	IconPanel     Icon = "panel"      // the rail, narrow or wide
	IconPause     Icon = "pause"      // waiting, the clock stands
	IconPersonAdd Icon = "person-add" // let somebody in
	IconPhone     Icon = "phone"      // call
	IconPlus      Icon = "plus"       // new
	IconPrinter   Icon = "printer"    // printing
	IconQuote     Icon = "quote"      // quoted lines
	IconReopen    Icon = "reopen"     // open again
	IconReplay    Icon = "replay"     // do again
	IconReply     Icon = "reply"      // goes out
	IconRight     Icon = "right"      // next, older (mirrored right to left)
	IconRows      Icon = "rows"       // two-line rows
	IconScales    Icon = "scales"     // privacy, promises
	IconScreen    Icon = "screen"     // projector, teaching room
	IconSearch    Icon = "search"     // find
	IconSend      Icon = "send"       // send now
	IconShield    Icon = "shield"     // restricted
	IconSpin      Icon = "spin"       // busy
	IconTheme     Icon = "theme"      // light or dark
	IconUndo      Icon = "undo"       // take back
	IconUser      Icon = "user"       // one person
	IconUsers     Icon = "users"      // several people, team
	IconWifi      Icon = "wifi"       // network
)

// iconHref is the address of the drawing inside the sprite.
func iconHref(name Icon) string { return assets.Path("icons.svg") + "#" + string(name) }
