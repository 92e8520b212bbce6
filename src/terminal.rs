//! Raw mode and back whatever happens, the panic hook, key events as chords, and stderr kept off the screen.

use std::fs::{File, OpenOptions};
use std::io::{self, IsTerminal, Write};
use std::os::fd::OwnedFd;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossterm::event::{
    DisableBracketedPaste, EnableBracketedPaste, KeyCode, KeyEvent, KeyEventKind, KeyModifiers,
};
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, SetTitle, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

use crate::keymap::{Chord, Key};

/// The terminal the board draws on.
pub type Screen = Terminal<CrosstermBackend<io::Stdout>>;

/// Rings the terminal's bell; a terminal that is gone hears nothing.
pub fn ring() {
    let mut out = io::stdout();
    let _ = out.write_all(b"\x07").and_then(|()| out.flush());
}

/// Whether the terminal is ours, so that it is given back exactly once: by the guard or by the panic hook.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal refused to be taken over.
#[derive(Debug, thiserror::Error)]
#[error("the terminal can't be taken over ({0}); try another terminal")]
pub struct Refused(#[from] io::Error);

/// Whether there is a terminal to draw on and to read keys from.
pub fn is_there() -> bool {
    io::stdout().is_terminal() && io::stdin().is_terminal()
}

/// Whether the terminal's ground is light; none if it doesn't say within 100 ms. To be asked before [`Guard::enter`].
pub fn is_light() -> Option<bool> {
    let mut options = terminal_colorsaurus::QueryOptions::default();
    options.timeout = Duration::from_millis(100);
    match terminal_colorsaurus::theme_mode(options) {
        Ok(terminal_colorsaurus::ThemeMode::Light) => Some(true),
        Ok(terminal_colorsaurus::ThemeMode::Dark) => Some(false),
        Err(_) => None,
    }
}

/// Holds the terminal; giving it up restores everything.
pub struct Guard {
    stderr: Option<OwnedFd>,
}

impl Guard {
    /// Takes the terminal: raw mode, alternate screen, bracketed paste; stderr goes to `log`, because the sound
    /// system and the recogniser write there as they please.
    pub fn enter(log: &Path, title: &str) -> Result<(Self, Screen), Refused> {
        install_panic_hook();
        let stderr = divert_stderr(log);
        enable_raw_mode()?;
        TAKEN.store(true, Ordering::SeqCst);
        let guard = Self { stderr };
        execute!(
            io::stdout(),
            EnterAlternateScreen,
            EnableBracketedPaste,
            SetTitle(title),
            cursor::Hide
        )?;
        let screen = Terminal::new(CrosstermBackend::new(io::stdout()))?;
        Ok((guard, screen))
    }
}

/// Takes the terminal again after the program was stopped and went on (`kill -STOP`, `fg`): the shell had it meanwhile.
pub fn retake(screen: &mut Screen) -> io::Result<()> {
    // Off first: what is on already would not be set anew.
    disable_raw_mode()?;
    enable_raw_mode()?;
    execute!(
        io::stdout(),
        EnterAlternateScreen,
        EnableBracketedPaste,
        cursor::Hide
    )?;
    screen.clear()
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
        if let Some(stderr) = self.stderr.take() {
            // Nothing can be done about a failure, and there is nobody left to tell.
            let _ = rustix::stdio::dup2_stderr(stderr);
        }
    }
}

/// Gives the terminal back, once. Failures mean that it is gone.
fn restore() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let _ = execute!(
            io::stdout(),
            DisableBracketedPaste,
            LeaveAlternateScreen,
            cursor::Show
        );
        let _ = disable_raw_mode();
        let _ = io::stdout().flush();
    }
}

/// A panic on the thread that draws gives the terminal back and says where to look; on a worker thread it is only
/// logged, because the board goes on.
fn install_panic_hook() {
    let drawing = std::thread::current().id();
    std::panic::set_hook(Box::new(move |panic| {
        tracing::error!("{panic}");
        if std::thread::current().id() == drawing {
            restore();
            let mut out = io::stdout();
            let _ = writeln!(
                out,
                "boothside stopped because of a fault of its own: {panic}\nEverything acknowledged is kept; start it again with the same folder."
            );
        }
    }));
}

/// Points file descriptor 2 to the log and answers the old one; none where there is no log.
fn divert_stderr(log: &Path) -> Option<OwnedFd> {
    let file: File = OpenOptions::new()
        .create(true)
        .append(true)
        .open(log)
        .ok()?;
    let old = rustix::io::fcntl_dupfd_cloexec(io::stderr(), 3).ok()?;
    rustix::stdio::dup2_stderr(&file).ok()?;
    Some(old)
}

/// A key event as a chord; none for releases and keys that no keymap can name.
pub fn chord(event: KeyEvent) -> Option<Chord> {
    // Windows and kitty's protocol report releases too.
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let (key, shifted) = match event.code {
        KeyCode::Char(' ') => (Key::Space, true),
        // A letter carries its case; shift says nothing more.
        KeyCode::Char(letter) => (Key::Char(letter), false),
        KeyCode::BackTab => {
            return Some(Chord {
                key: Key::Tab,
                ctrl: false,
                alt: false,
                shift: true,
                super_: false,
            });
        }
        code => (named(code)?, true),
    };
    let has = |modifier| event.modifiers.contains(modifier);
    Some(Chord {
        key,
        ctrl: has(KeyModifiers::CONTROL),
        alt: has(KeyModifiers::ALT),
        shift: shifted && has(KeyModifiers::SHIFT),
        super_: has(KeyModifiers::SUPER),
    })
}

fn named(code: KeyCode) -> Option<Key> {
    Some(match code {
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab => Key::Tab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Insert => Key::Insert,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::F(number) if (1..=12).contains(&number) => Key::F(number),
        _ => return None,
    })
}
