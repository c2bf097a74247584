// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC721Receiver} from "@openzeppelin/contracts/token/ERC721/IERC721Receiver.sol";

import {IFillCallback} from "../../contracts/dex/interfaces/IFillCallback.sol";
import {IOrderTypes} from "../../contracts/dex/interfaces/IOrderTypes.sol";
import {ITokenHook} from "./HostileToken.sol";

/// @notice An account that is a contract: it does what it is told, and in every callback makes the calls that it was
/// programmed with and remembers how they ended.
contract HostileReceiver is IFillCallback, IERC721Receiver, ITokenHook {
    enum Answer {
        Accept,
        Wrong,
        Reverts,
        BurnsGas
    }

    struct Call {
        address target;
        bytes data;
    }

    struct Attempt {
        bool success;
        bytes result;
    }

    Answer public fillAnswer;
    Answer public nftAnswer;
    Answer public hookAnswer;
    uint256 public callbacks;
    /// @notice How many of the programmed calls went through.
    uint256 public successes;
    bytes public lastData;
    IOrderTypes.LegResult[] public lastResults;
    bool private _busy;
    Call[] private _program;
    Attempt[] private _attempts;

    error Refused();

    function setAnswers(Answer fill, Answer nft, Answer hook) external {
        (fillAnswer, nftAnswer, hookAnswer) = (fill, nft, hook);
    }

    /// @notice Adds a call to make in every callback.
    function program(address target, bytes calldata data) external {
        _program.push(Call(target, data));
    }

    function attempts() external view returns (Attempt[] memory) {
        return _attempts;
    }

    /// @notice Makes a call as this account and passes its outcome on.
    function execute(address target, bytes calldata data) external returns (bytes memory) {
        (bool success, bytes memory result) = target.call(data);
        if (!success) {
            assembly {
                revert(add(result, 0x20), mload(result))
            }
        }
        return result;
    }

    function onFill(IOrderTypes.LegResult[] calldata results, bytes calldata data) external returns (bytes4) {
        delete lastResults;
        for (uint256 i; i < results.length; ++i) lastResults.push(results[i]);
        lastData = data;
        return _answer(fillAnswer) ? IFillCallback.onFill.selector : bytes4(0);
    }

    function onERC721Received(address, address, uint256, bytes calldata data) external returns (bytes4) {
        lastData = data;
        return _answer(nftAnswer) ? IERC721Receiver.onERC721Received.selector : bytes4(0);
    }

    function onTokenMoved(address, address, uint256) external {
        _answer(hookAnswer);
    }

    function _answer(Answer answer) private returns (bool accepted) {
        ++callbacks;
        // A callback that its own program causes is answered, but starts no second round.
        if (!_busy) {
            _busy = true;
            for (uint256 i; i < _program.length; ++i) {
                (bool success, bytes memory result) = _program[i].target.call(_program[i].data);
                if (success) ++successes;
                _attempts.push(Attempt(success, result));
            }
            _busy = false;
        }
        if (answer == Answer.Reverts) revert Refused();
        if (answer == Answer.BurnsGas) {
            while (gasleft() != 0) {}
        }
        return answer == Answer.Accept;
    }
}
