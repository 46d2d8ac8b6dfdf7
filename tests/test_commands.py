"""Every command module on record has its command, and every command of a module is on record."""

from pkgutil import iter_modules

import click

from fiscal import cli


def test_the_commands_on_record_are_those_there_are():
    """None is named that cannot be loaded, and none is left out."""
    context = click.Context(cli.main)
    names = cli.main.list_commands(context)
    loaded = {name: cli.main.get_command(context, name) for name in names}
    assert all(command is not None and command.name == name for name, command in loaded.items())
    defined = set()
    for module in iter_modules(cli.__path__, "fiscal.cli."):
        values = vars(__import__(module.name, fromlist=["*"])).values()
        tops = [v for v in values if isinstance(v, click.Command)]
        defined |= {t.name for t in tops if t.callback and t.callback.__module__ == module.name}
    below = {
        name
        for command in loaded.values()
        if isinstance(command, click.Group)
        for name in command.commands
    }
    assert defined - below == set(names)
